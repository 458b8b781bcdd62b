package dev.lakebed.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.audit.AuditRecord.AuditLine;
import dev.lakebed.auth.Denial;
import dev.lakebed.auth.DenialDocument;
import dev.lakebed.auth.KeyedCaller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.Principal;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Question.Grants;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Log line, encoded message and audit line name the same rule for one refusal: docs/operations.md,
 * "Why was that refused?".
 */
class DenialAgreementTest {
  private static final String ACCOUNT = "000000000000";
  private static final String BUCKET = "arn:aws:s3:::b/k";
  private static final String ROLE = "arn:aws:iam::000000000000:role/R";
  private static final Policy ALL = identity("user_u_all", "'Sid':'All','Effect':'Allow'", "*");

  private record Case(
      Grants grants,
      Permission permission,
      Optional<String> policy,
      Optional<String> statement,
      Optional<String> condition,
      String place) {}

  private static Policy parse(String name, Policy.Kind kind, String statement) {
    return Policy.parse(
        name,
        "{'Version':'2012-10-17','Statement':[{%s}]}".formatted(statement).replace('\'', '"'),
        kind);
  }

  private static Policy identity(String name, String head, String action) {
    return parse(name, Policy.Kind.IDENTITY, head + ",'Action':'" + action + "','Resource':'*'");
  }

  private static Permission get(String owner, Policy... resource) {
    return Permission.of("s3:GetObject", new Resource(BUCKET, owner, List.of(resource)));
  }

  private static Grants grants(Policy... identity) {
    return new Grants(List.of(identity), Optional.empty(), List.of(), false);
  }

  private static Case refusal(String name) {
    Optional<String> none = Optional.empty();
    return switch (name) {
      case "deny of a group" ->
          denied(
              grants(ALL, identity("group_g_no", "'Sid':'No','Effect':'Deny'", "s3:Get*")),
              get(ACCOUNT),
              "group_g_no",
              "No",
              "IDENTITY");
      case "boundary" ->
          new Case(
              new Grants(
                  List.of(ALL),
                  Optional.of(identity("cap", "'Effect':'Allow'", "iam:*")),
                  List.of(),
                  false),
              get(ACCOUNT),
              none,
              none,
              none,
              "BOUNDARY");
      case "session policy" ->
          near(
              new Grants(
                  List.of(ALL),
                  Optional.empty(),
                  List.of(
                      parse(
                          "session policy 0",
                          Policy.Kind.SESSION,
                          "'Sid':'In','Effect':'Allow','Action':'s3:*','Resource':'*',"
                              + "'Condition':{'IpAddress':{'aws:SourceIp':'192.0.2.0/24'}}")),
                  false),
              get(ACCOUNT),
              "session policy 0",
              "In",
              "IpAddress aws:SourceIp",
              "SESSION");
      case "trust policy" ->
          near(
              grants(),
              Permission.of(
                  "sts:AssumeRole",
                  new Resource(
                      ROLE,
                      ACCOUNT,
                      List.of(
                          parse(
                              "trust policy of R",
                              Policy.Kind.TRUST,
                              "'Sid':'Us','Effect':'Allow','Action':'sts:AssumeRole',"
                                  + "'Principal':{'AWS':'arn:aws:iam::000000000000:user/u'},"
                                  + "'Condition':{'StringEquals':{'sts:ExternalId':'7'}}")))),
              "trust policy of R",
              "Us",
              "StringEquals sts:ExternalId",
              "TRUST");
      case "NotPrincipal" ->
          denied(
              grants(ALL),
              get(
                  ACCOUNT,
                  parse(
                      "bucket policy",
                      Policy.Kind.RESOURCE,
                      "'Sid':'Only','Effect':'Deny','Action':'s3:*','Resource':'*',"
                          + "'NotPrincipal':{'AWS':'arn:aws:iam::000000000000:user/x'}")),
              "bucket policy",
              "Only",
              "RESOURCE");
      case "the other account" ->
          near(
              grants(ALL),
              get(
                  "111122223333",
                  parse(
                      "bucket policy",
                      Policy.Kind.RESOURCE,
                      "'Sid':'Tls','Effect':'Allow','Action':'s3:*','Resource':'*',"
                          + "'Principal':'*',"
                          + "'Condition':{'Bool':{'aws:SecureTransport':'true'}}")),
              "bucket policy",
              "Tls",
              "Bool aws:SecureTransport",
              "RESOURCE");
      case "the own account" ->
          new Case(
              grants(),
              get(
                  "111122223333",
                  parse(
                      "bucket policy",
                      Policy.Kind.RESOURCE,
                      "'Effect':'Allow','Action':'s3:*','Resource':'*','Principal':'*'")),
              none,
              none,
              none,
              "IDENTITY");
      case "Block Public Access" ->
          new Case(
              grants(ALL),
              Permission.of(
                  "s3:GetObject",
                  Resource.of(BUCKET, "111122223333")
                      .closed(new Decision.Prevented("RestrictPublicBuckets", "because …"))),
              none,
              none,
              none,
              "RestrictPublicBuckets");
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Case denied(
      Grants grants, Permission permission, String policy, String statement, String layer) {
    return new Case(
        grants, permission, Optional.of(policy), Optional.of(statement), Optional.empty(), layer);
  }

  private static Case near(
      Grants grants,
      Permission permission,
      String policy,
      String statement,
      String condition,
      String layer) {
    return new Case(
        grants,
        permission,
        Optional.of(policy),
        Optional.of(statement),
        Optional.of(condition),
        layer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deny of a group",
        "boundary",
        "session policy",
        "trust policy",
        "NotPrincipal",
        "the other account",
        "the own account",
        "Block Public Access"
      })
  void all_records_of_a_refusal_name_the_same_rule(String name) {
    Case expected = refusal(name);
    Principal user =
        new Principal.User(
            ACCOUNT, "arn:aws:iam::000000000000:user/u", "AIDAU", "u", Map.of(), expected.grants());
    Decision decision = new KeyedCaller(user, Keys.NONE).decide(expected.permission());
    assertThat(decision.allowed()).isFalse();
    Denial denial = Denial.of(user, expected.permission(), decision, "", Map.of());
    JsonObject message = DenialDocument.of(denial, 0);
    JsonObject line = json(new AuditLine().of(record(user, denial)));

    String layerOrRule = line.getString("layer", line.getString("rule", ""));
    assertThat(layerOrRule).isEqualTo(expected.place());
    assertThat(message.getString("layer", message.getString("rule", "")))
        .isEqualTo(expected.place());
    assertThat(denial.line()).contains("=\"" + expected.place() + "\"");

    assertThat(named(line, "policy", "nearestPolicy")).isEqualTo(expected.policy());
    assertThat(named(line, "statement", "nearestStatement")).isEqualTo(expected.statement());
    assertThat(named(line, "failedCondition", "-")).isEqualTo(expected.condition());
    JsonObject told =
        message.containsKey("nearestStatement")
            ? message.getJsonObject("nearestStatement")
            : message.getJsonObject("matchedStatements").getJsonArray("items").stream()
                .findFirst()
                .map(item -> item.asJsonObject())
                .orElse(JsonObject.EMPTY_JSON_OBJECT);
    assertThat(named(told, "sourcePolicy", "-")).isEqualTo(expected.policy());
    assertThat(named(told, "statementId", "-")).isEqualTo(expected.statement());
    assertThat(named(told, "failedCondition", "-")).isEqualTo(expected.condition());
    expected.policy().ifPresent(p -> assertThat(denial.line()).contains("policy=\"" + p + "\""));
    expected
        .statement()
        .ifPresent(s -> assertThat(denial.line()).contains("statement=\"" + s + "\""));
    expected
        .condition()
        .ifPresent(c -> assertThat(denial.line()).contains("failed-condition=\"" + c + "\""));
    assertThat(line.getString("decisionId"))
        .isEqualTo(message.getString("decisionId"))
        .isEqualTo(denial.id());
  }

  private static Optional<String> named(JsonObject holder, String name, String other) {
    return Optional.ofNullable(holder.getString(name, holder.getString(other, null)));
  }

  private static AuditRecord record(Principal user, Denial denial) {
    return new AuditRecord(
        Instant.EPOCH,
        "R1",
        Optional.of(user),
        Optional.of("AKU"),
        "192.0.2.7",
        Optional.empty(),
        "S3",
        "GetObject",
        "GET /b/k",
        Optional.empty(),
        true,
        List.of(denial),
        403,
        Optional.of("AccessDenied"));
  }

  private static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
