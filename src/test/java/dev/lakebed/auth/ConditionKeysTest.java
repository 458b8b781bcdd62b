package dev.lakebed.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.Authenticated.SignedScope;
import dev.lakebed.auth.Authenticated.SigningFacts;
import dev.lakebed.auth.ConditionKeys.PrincipalKeys;
import dev.lakebed.auth.ConditionKeys.RequestKeys;
import dev.lakebed.auth.Denial.DenialSealer;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.Connection;
import dev.lakebed.http.RequestBody;
import dev.lakebed.limit.ClientPlaces.ClientShare;
import dev.lakebed.limit.ClientRate;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Question.Grants;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each global condition key and each key of the signature, as a policy sees it. Keys of single
 * operations are tested with these.
 */
@Evidence("contract-5.4")
class ConditionKeysTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final TrustedProxies PROXIES = TrustedProxies.of(List.of("10.0.0.0/8"));

  private static Request request() {
    Headers headers =
        Headers.builder()
            .add("user-agent", "agent/1")
            .add("referer", "https://example.org/")
            .add("x-amz-content-sha256", "UNSIGNED-PAYLOAD")
            .add("x-forwarded-for", "198.51.100.1, 192.0.2.7, 10.0.0.9")
            .add("x-forwarded-proto", "https")
            .add("aws:principalarn", "arn:aws:iam::000000000000:root")
            .add("userid", "root")
            .add("aws:username", "root")
            .build();
    return new Request(
        "0123456789ABCDEF",
        "GET",
        new RawTarget("/", ""),
        QueryParameters.NONE,
        headers,
        new Connection("10.0.0.1", false, 8333, Optional.of("1.3")),
        NOW,
        RequestBody.EMPTY);
  }

  private static Principal session(Grants grants) {
    return new Principal.RoleSession(
        "000000000000",
        "arn:aws:sts::000000000000:assumed-role/R/s",
        "AROAX",
        "arn:aws:iam::000000000000:role/a/R",
        new SessionFacts(
            "s",
            NOW.minusSeconds(60),
            NOW.plusSeconds(60),
            Map.of("Team", "red"),
            Set.of(),
            Optional.of("alice"),
            List.of("AKBASE"),
            Map.of()),
        grants);
  }

  private static Principal user(Grants grants) {
    return new Principal.User(
        "000000000000",
        "arn:aws:iam::000000000000:user/bob",
        "AIDAX",
        "bob",
        Map.of("team", "blue"),
        grants);
  }

  /** Whether the key equals the value, asked by a policy. */
  private static boolean holds(String who, String key, String value) {
    String document =
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject",
         "Resource":"*","Condition":{"StringEquals":{"%s":"%s"}}}]}\
        """
            .formatted(key, value);
    Policy policy = Policy.parse("p", document, Policy.Kind.IDENTITY);
    Grants grants = new Grants(List.of(policy), Optional.empty(), List.of(), false);
    Principal principal =
        switch (who) {
          case "session" -> session(grants);
          case "user" -> user(grants);
          case "root" ->
              new Principal.AccountRoot(
                  "000000000000", new Grants(List.of(), Optional.empty(), List.of(policy), true));
          default -> new Principal.Anonymous(grants);
        };
    Authenticated signed =
        new Authenticated(
            principal,
            request(),
            AuthType.QUERY,
            Optional.of("AKX"),
            Optional.of(NOW.minusMillis(1500)),
            Optional.of(new SignedScope("us-east-1", "s3")));
    return RequestCaller.of(
            signed,
            "eu-test-1",
            PROXIES,
            DenialSealer.NONE,
            new ClientRate(100, System::nanoTime),
            EvaluationTurns.of(ClientShare.ALL))
        .may(
            new Permission(
                "s3:GetObject", Resource.of("arn:aws:s3:::b/k", "000000000000"), Keys.NONE));
  }

  @ParameterizedTest
  @CsvSource({
    "session, aws:CurrentTime, 2026-03-04T05:06:07Z",
    "session, aws:EpochTime, 1772600767",
    "session, aws:MultiFactorAuthPresent, false",
    "session, aws:PrincipalAccount, 000000000000",
    "session, aws:PrincipalArn, arn:aws:iam::000000000000:role/a/R",
    "user, aws:PrincipalArn, arn:aws:iam::000000000000:user/bob",
    "root, aws:PrincipalArn, arn:aws:iam::000000000000:root",
    "root, aws:PrincipalAccount, 000000000000",
    "root, aws:PrincipalType, Account",
    "root, aws:userid, 000000000000",
    "session, aws:PrincipalIsAWSService, false",
    "session, aws:PrincipalTag/team, red",
    "user, aws:principaltag/TEAM, blue",
    "session, aws:PrincipalType, AssumedRole",
    "user, aws:PrincipalType, User",
    "session, aws:Referer, https://example.org/",
    "session, aws:RequestedRegion, eu-test-1",
    "session, aws:ResourceAccount, 000000000000",
    "session, aws:SecureTransport, true",
    "session, aws:SourceIdentity, alice",
    "session, aws:SourceIp, 192.0.2.7",
    "session, aws:TokenIssueTime, 2026-03-04T05:05:07Z",
    "session, aws:UserAgent, agent/1",
    "session, aws:ViaAWSService, false",
    "session, aws:userid, AROAX:s",
    "user, aws:UserId, AIDAX",
    "user, aws:username, bob",
    "session, s3:ResourceAccount, 000000000000",
    "session, s3:TlsVersion, 1.3",
    "session, s3:authType, REST-QUERY-STRING",
    "session, s3:signatureAge, 1500",
    "session, s3:signatureversion, AWS4-HMAC-SHA256",
    "session, s3:x-amz-content-sha256, UNSIGNED-PAYLOAD"
  })
  void key_has_the_value_that_the_request_and_the_principal_give(
      String who, String key, String value) {
    assertThat(holds(who, key, value)).isTrue();
    assertThat(holds(who, key, value + "x")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "session, aws:username",
    "user, aws:TokenIssueTime",
    "user, aws:MultiFactorAuthPresent",
    "user, aws:SourceIdentity",
    "session, aws:SourceVpc",
    "session, aws:SourceArn",
    "session, aws:PrincipalOrgID",
    "session, aws:PrincipalServiceName",
    "session, userid"
  })
  void key_that_does_not_apply_is_absent(String who, String key) {
    assertThat(keys(who).values(key.toLowerCase(Locale.ROOT))).isEmpty();
  }

  @Test
  @Evidence("attack-36")
  void forwarded_addresses_of_strangers_are_noise() {
    Request request = request();
    RequestKeys keys = new RequestKeys(request, SigningFacts.NONE, TrustedProxies.NONE);
    assertThat(keys.values("aws:sourceip")).containsExactly("10.0.0.1");
    assertThat(keys.values("aws:securetransport")).containsExactly("false");
  }

  @Test
  void the_documentation_lists_every_key() throws IOException {
    String page = Files.readString(Path.of("docs/iam-keys.md"));
    ConditionKeys.ALL.forEach(key -> assertThat(page).contains("| `" + key));
  }

  /** So DecodeAuthorizationMessage shows what the refused statement may have looked at. */
  @Test
  void a_refusal_tells_the_tags_of_the_principal() {
    Authenticated signed =
        new Authenticated(
            session(Grants.NONE),
            request(),
            AuthType.QUERY,
            Optional.of("AKX"),
            Optional.of(NOW),
            Optional.of(new SignedScope("us-east-1", "s3")));
    RequestCaller caller =
        RequestCaller.of(
            signed,
            "eu-test-1",
            PROXIES,
            DenialSealer.NONE,
            new ClientRate(100, System::nanoTime),
            EvaluationTurns.of(ClientShare.ALL));
    Permission asked =
        new Permission("s3:GetObject", Resource.of("arn:aws:s3:::b/k", "000000000000"), Keys.NONE);
    Denial denial = caller.deny(asked, caller.decide(asked), "");
    assertThat(denial.context())
        .containsEntry("aws:PrincipalTag/Team", List.of("red"))
        .containsEntry("aws:SourceIdentity", List.of("alice"));
  }

  private static Keys keys(String who) {
    Principal principal = who.equals("session") ? session(Grants.NONE) : user(Grants.NONE);
    return new PrincipalKeys(principal).or(new RequestKeys(request(), SigningFacts.NONE, PROXIES));
  }

  /** A Deny of old or unsigned requests must not miss what version 2 cannot tell. */
  @ParameterizedTest
  @CsvSource({"QUERY, 604800000, UNSIGNED-PAYLOAD", "POST_FORM, 604800000, UNSIGNED-PAYLOAD"})
  void a_signature_of_version_2_counts_as_old_and_without_body(
      AuthType type, String age, String payload) {
    Request hashed =
        request()
            .withHeaders(Headers.builder().add("x-amz-content-sha256", "0".repeat(64)).build());
    Authenticated signed =
        new Authenticated(
            user(Grants.NONE),
            hashed,
            type,
            Optional.of("AKX"),
            Optional.empty(),
            Optional.of(SignedScope.VERSION_2));
    RequestKeys keys =
        new RequestKeys(hashed, SigningFacts.of(signed, "us-east-1"), TrustedProxies.NONE);
    assertThat(keys.values("s3:signatureversion")).containsExactly("AWS");
    assertThat(keys.values("s3:signatureage")).containsExactly(age);
    assertThat(keys.values("s3:x-amz-content-sha256")).containsExactly(payload);
  }
}
