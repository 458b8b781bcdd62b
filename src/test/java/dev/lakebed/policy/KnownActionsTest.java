package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.policy.Policy.UnknownAction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The list of actions: AWS's Service Authorization Reference, and the permissions that the
 * operations here ask for.
 */
final class KnownActionsTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern LITERAL =
      Pattern.compile("\"((?:s3|s3tables|sts|iam|lakebed):[A-Z][A-Za-z]+)\"");

  /** Condition keys that begin with a capital letter, and no actions. */
  private static final Pattern KEYS =
      Pattern.compile(
          "s3:(?:VersionId|ResourceAccount|LocationConstraint|ObjectCreationOperation"
              + "|RequestObjectTagKeys|TlsVersion)"
              + "|sts:(?:DurationSeconds|ExternalId|RoleSessionName|SourceIdentity"
              + "|TransitiveTagKeys|IdentityTokenAudience|SigningAlgorithm)"
              + "|s3tables:(?:KMSKeyArn|SSEAlgorithm|StorageClass)|iam:(?:PolicyARN|PermissionsBoundary|PassedToService)");

  @Test
  void every_action_that_the_code_names_is_known() throws IOException {
    Set<String> unknown = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(KnownActionsTest::named)
          .filter(action -> !KEYS.matcher(action).matches())
          .filter(action -> KnownActions.all().stream().noneMatch(action::equalsIgnoreCase))
          .forEach(unknown::add);
    }
    assertThat(unknown).isEmpty();
  }

  private static Stream<String> named(Path file) {
    try {
      return LITERAL.matcher(Files.readString(file)).results().map(found -> found.group(1));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "*:*",
        "s3:*",
        "S3:getobject",
        "s3:Get*",
        "s3:GetObject?ersion",
        "s3*:Get*",
        "s3tables:PutTableData",
        "sts:AssumeRoleWithLDAPIdentity",
        "iam:PassRole",
        "iam:RevokeSession",
        "ec2:DescribeInstances",
        "glue:AnyNameAtAll",
        "s3-object-lambda:Get*"
      })
  void what_AWS_or_this_server_has_is_known(String action) {
    assertThat(KnownActions.matches(action)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3:GetObejct",
        "s3:ListObjectsV2",
        "s3:Gett*",
        "s33:GetObject",
        "s3tables:*Tabel",
        "sts:AssumeRoles",
        "iam:Passrolle",
        "lakebed:Anything",
        "s:*Bucket"
      })
  void misspelt_actions_and_services_are_unknown(String action) {
    assertThat(KnownActions.matches(action)).isFalse();
  }

  @Test
  void a_policy_tells_its_unknown_actions_with_their_statements() {
    Policy policy =
        Policy.parse(
            "p",
            Asking.policy(
                "{'Sid':'One','Effect':'Allow','Action':['s3:GetObejct','s3:PutObject'],"
                    + "'Resource':'*'},"
                    + "{'Effect':'Deny','NotAction':'s4:*','Resource':'*'}"),
            Policy.Kind.IDENTITY);
    assertThat(policy.unknownActions())
        .isEqualTo(
            List.of(
                new UnknownAction("p", "One", "s3:GetObejct"),
                new UnknownAction("p", "#1", "s4:*")));
  }

  @Test
  void a_policy_grants_a_service_by_the_names_of_its_actions() {
    assertThat(grants("{'Effect':'Allow','Action':'s3:GetObject','Resource':'*'}", "s3")).isTrue();
    assertThat(grants("{'Effect':'Allow','Action':'s3:GetObject','Resource':'*'}", "s3tables"))
        .isFalse();
    assertThat(grants("{'Effect':'Allow','Action':'s3*:Get*','Resource':'*'}", "s3tables"))
        .isTrue();
    assertThat(grants("{'Effect':'Deny','Action':'*','Resource':'*'}", "s3")).isFalse();
    assertThat(grants("{'Effect':'Allow','NotAction':'s3:*','Resource':'*'}", "s3")).isFalse();
    assertThat(grants("{'Effect':'Allow','NotAction':'s3:Get*','Resource':'*'}", "s3")).isTrue();
    assertThat(grants("{'Effect':'Allow','NotAction':'s3:*','Resource':'*'}", "glue")).isTrue();
  }

  private static boolean grants(String statement, String service) {
    return Policy.parse("p", Asking.policy(statement), Policy.Kind.IDENTITY).grants(service);
  }

  @Test
  void context_keys_are_those_of_conditions_and_variables_as_written() {
    Policy policy =
        Policy.parse(
            "p",
            Asking.policy(
                "{'Sid':'${aws:no-variable-in-a-Sid}','Effect':'Allow','Action':'s3:*',"
                    + "'NotResource':'arn:aws:s3:::b/${aws:UserName}/${*}',"
                    + "'Condition':{'ForAnyValue:StringLike':{'aws:TagKeys':'${aws:userid}'},"
                    + "'Null':{'aws:TokenIssueTime':'true'}}}"),
            Policy.Kind.IDENTITY);
    assertThat(policy.contextKeys())
        .containsExactly("aws:TagKeys", "aws:TokenIssueTime", "aws:userid", "aws:UserName");
    String old =
        "{\"Version\":\"2008-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\","
            + "\"Resource\":\"arn:aws:s3:::b/${aws:username}\"}}";
    assertThat(Policy.parse("p", old, Policy.Kind.IDENTITY).contextKeys())
        .as("the old version has no variables")
        .isEmpty();
  }
}
