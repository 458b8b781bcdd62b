package dev.lakebed.app.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code lakebed explain}: docs/operations.md; the decisions are those of the engine's own tests.
 */
class ExplainTest {
  private static final String CONFIG =
      """
      {"identities":[
        {"name":"alice","actions":[],"policyNames":["Read"],
         "credentials":[{"accessKey":"AKALICE","secretKey":"secretsecretsecret"}]},
        {"name":"owner","root":true,
         "credentials":[{"accessKey":"AKROOT","secretKey":"secretsecretsecret"}]}],
       "policies":[
        {"name":"Read","document":{"Version":"2012-10-17","Statement":[
          {"Sid":"Own","Effect":"Allow","Action":"s3:GetObject",
           "Resource":"arn:aws:s3:::b/${aws:username}/*"},
          {"Sid":"Office","Effect":"Allow","Action":"s3:PutObject","Resource":"*",
           "Condition":{"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}},
          {"Sid":"Never","Effect":"Deny","Action":"s3:DeleteObject","Resource":"*"}]}}],
       "roles":[{"roleName":"R","attachedPolicies":["Read"],
         "trustPolicy":{"Version":"2012-10-17","Statement":[
           {"Sid":"Alice","Effect":"Allow",
            "Principal":{"AWS":"arn:aws:iam::000000000000:user/alice"},
            "Action":"sts:AssumeRole",
            "Condition":{"StringEquals":{"sts:ExternalId":"7"}}}]}}]}
      """;

  @TempDir private Path directory;
  private Path config = Path.of("");

  @BeforeEach
  void writeConfig() throws IOException {
    config = Files.writeString(directory.resolve("iam.json"), CONFIG);
  }

  private ExplainRun explain(String principal, String action, String resource, String... more) {
    return explain(List.of("--config", config.toString()), principal, action, resource, more);
  }

  private static ExplainRun explain(
      List<String> source, String principal, String action, String resource, String... more) {
    List<String> arguments = new ArrayList<>(source);
    arguments.addAll(List.of("--principal", principal, "--action", action, "--resource", resource));
    arguments.addAll(List.of(more));
    return ExplainRun.of(arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "AKALICE, s3:GetObject, arn:aws:s3:::b/alice/k, 0",
    "arn:aws:iam::000000000000:user/alice, s3:GetObject, arn:aws:s3:::b/alice/k, 0",
    "AKALICE, s3:GetObject, arn:aws:s3:::b/bob/k, 1",
    "arn:aws:iam::000000000000:role/R, s3:GetObject, arn:aws:s3:::b/alice/k, 1",
    "anonymous, s3:GetObject, arn:aws:s3:::b/alice/k, 1",
    "AKALICE, s3:DeleteObject, arn:aws:s3:::b/alice/k, 1",
    "AKROOT, s3:DeleteBucket, arn:aws:s3:::b, 0",
    "arn:aws:iam::000000000000:root, s3:DeleteBucket, arn:aws:s3:::b, 0",
    "arn:aws:iam::111122223333:root, s3:DeleteBucket, arn:aws:s3:::b, 2",
    "AKROOT, iam:GetUser, arn:aws:iam::111122223333:user/x, 1",
    "AKROOT, s3:ListAllMyBuckets, *, 0",
    "AKALICE, s3:GetObject, b/alice/k, 2",
    "AKROOT, s3:GetObject, arn:aws:s3:b/alice/k, 2",
    "AKROOT, s3:GetObject, 'arn:aws:s3:::', 2",
    "AKROOT, s3:GetObject, **, 2",
    "AKNOBODY, s3:GetObject, arn:aws:s3:::b/alice/k, 2"
  })
  void exit_code_tells_the_decision(String principal, String action, String resource, int exit) {
    assertThat(explain(principal, action, resource).exit()).isEqualTo(exit);
  }

  @Test
  void an_allow_names_layer_policy_and_statement() {
    assertThat(explain("AKALICE", "s3:GetObject", "arn:aws:s3:::b/alice/k").output())
        .containsPattern("decision: +allowed")
        .containsPattern("layer: +IDENTITY")
        .containsPattern("policy: +.*Read")
        .containsPattern("statement: +Own");
  }

  @Test
  void an_explicit_deny_names_its_statement() {
    assertThat(explain("AKALICE", "s3:DeleteObject", "arn:aws:s3:::b/k").output())
        .containsPattern("kind: +explicit deny")
        .containsPattern("statement: +Never");
  }

  @Test
  void a_condition_that_fails_is_named_and_holds_with_the_key_given() {
    assertThat(explain("AKALICE", "s3:PutObject", "arn:aws:s3:::b/k").output())
        .containsPattern("nearest statement: +Office")
        .containsPattern("failed condition: +IpAddress aws:SourceIp");
    assertThat(
            explain(
                    "AKALICE",
                    "s3:PutObject",
                    "arn:aws:s3:::b/k",
                    "--key",
                    "aws:SourceIp=192.0.2.9")
                .exit())
        .isZero();
  }

  @Test
  void a_role_is_guarded_by_its_trust_policy() {
    String role = "arn:aws:iam::000000000000:role/R";
    ExplainRun denied = explain("AKALICE", "sts:AssumeRole", role);
    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output()).containsPattern("layer: +TRUST");
    assertThat(explain("AKALICE", "sts:AssumeRole", role, "--key", "sts:ExternalId=7").exit())
        .isZero();
  }

  @Test
  void session_and_resource_policies_come_from_files() throws IOException {
    Path session =
        Files.writeString(
            directory.resolve("session.json"),
            """
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}]}
            """);
    Path bucket =
        Files.writeString(
            directory.resolve("bucket.json"),
            """
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
               "Resource":"arn:aws:s3:::b/*"}]}
            """);
    String object = "arn:aws:s3:::b/alice/k";
    ExplainRun narrowed =
        explain("AKALICE", "s3:GetObject", object, "--session-policy", session.toString());
    assertThat(narrowed.exit()).isEqualTo(1);
    assertThat(narrowed.output()).containsPattern("layer: +SESSION");
    ExplainRun open =
        explain("anonymous", "s3:GetObject", object, "--resource-policy", bucket.toString());
    assertThat(open.exit()).isZero();
    assertThat(open.output()).containsPattern("layer: +RESOURCE");
  }

  @Test
  void an_unusable_file_is_named() throws IOException {
    Path broken = Files.writeString(directory.resolve("broken.json"), "{");
    ExplainRun malformed =
        explain("AKALICE", "s3:GetObject", "arn:aws:s3:::b", "--session-policy", broken.toString());
    assertThat(malformed.exit()).isEqualTo(2);
    assertThat(malformed.errors()).startsWith("lakebed: ");
    Files.writeString(config, "{\"identities\":[{\"nome\":\"x\"}]}");
    ExplainRun invalid = explain("AKALICE", "s3:GetObject", "arn:aws:s3:::b");
    assertThat(invalid.exit()).isEqualTo(2);
    assertThat(invalid.errors()).contains("nome");
  }

  @Test
  void unknown_actions_are_warned_about_and_change_nothing() throws IOException {
    Files.writeString(config, CONFIG.replace("s3:DeleteObject", "s3:DeleteObejct"));
    ExplainRun allowed = explain("AKALICE", "s3:GetObject", "arn:aws:s3:::b/alice/k");
    assertThat(allowed.exit()).isZero();
    assertThat(allowed.output())
        .containsPattern("warning: +policy Read, statement Never: .* s3:DeleteObejct");
    assertThat(explain("AKALICE", "s3:ListObjectsV2", "arn:aws:s3:::b").output())
        .containsPattern("warning: +there is no action s3:ListObjectsV2");
  }

  @Test
  void an_option_that_is_missing_is_named() {
    assertThat(ExplainRun.of(List.of("--config", config.toString())).errors())
        .contains("--principal");
    assertThat(ExplainRun.of(List.of("--principal", "AKALICE")).errors())
        .contains("--account-details");
  }

  @Test
  void a_past_refusal_is_looked_for_where_serve_keeps_its_data_if_nothing_else_is_said() {
    assertThat(ExplainRun.of(List.of("--decision", "0123456789ABCDEF")).errors())
        .contains("lakebed-data")
        .doesNotContain("--data is missing");
  }
}
