package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.policy.Question.Subject;
import dev.lakebed.support.Evidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The session policy that Lakekeeper sends (its {@code get_aws_policy_string}, compact, in this
 * order of keys), for a role with full access. Expectations: what Lakekeeper's own storage tests
 * and AWS S3 answer.
 */
final class LakekeeperDocumentTest {
  private static final String B = "arn:aws:s3:::warehouse";
  private static final String READ = "\"s3:GetObject\",\"s3:GetObjectVersion\"";
  private static final String WRITE =
      READ + ",\"s3:PutObject\",\"s3:AbortMultipartUpload\",\"s3:ListMultipartUploadParts\"";
  private static final String DELETE =
      READ
          + ",\"s3:PutObject\",\"s3:DeleteObject\",\"s3:AbortMultipartUpload\","
          + "\"s3:ListMultipartUploadParts\"";

  private static String document(String actions, String key) {
    return ("{\"Version\":\"2012-10-17\",\"Statement\":["
            + "{\"Sid\":\"TableAccess\",\"Effect\":\"Allow\",\"Action\":[ACTIONS],"
            + "\"Resource\":\"B/K/*\"},"
            + "{\"Sid\":\"ListBucketForFolder\",\"Effect\":\"Allow\",\"Action\":\"s3:ListBucket\","
            + "\"Resource\":\"B\",\"Condition\":{\"StringLike\":{\"s3:prefix\":\"K/*\"}}},"
            + "{\"Sid\":\"GetBucketLocation\",\"Effect\":\"Allow\","
            + "\"Action\":\"s3:GetBucketLocation\",\"Resource\":\"B\"},"
            + "{\"Sid\":\"KmsAccess\",\"Effect\":\"Allow\","
            + "\"Action\":[\"kms:Decrypt\",\"kms:GenerateDataKey\"],"
            + "\"Resource\":\"arn:aws:kms:us-east-1:000000000000:key/k1\"}]}")
        .replace("ACTIONS", actions)
        .replace("K/", key + "/")
        .replace("\"B", "\"" + B);
  }

  private static Asking vended(String actions, String key) {
    return Asking.session().identity(Asking.FULL_ACCESS).sessionPolicy(document(actions, key));
  }

  private static Asking table() {
    return vended(DELETE, "wh/test");
  }

  @ParameterizedTest
  @CsvSource({
    "s3:GetObject,/wh/test/data/1.parquet,true",
    "s3:GetObjectVersion,/wh/test/data/1.parquet,true",
    "s3:PutObject,/wh/test/metadata/v1.json,true",
    "s3:DeleteObject,/wh/test/x,true",
    "s3:AbortMultipartUpload,/wh/test/x,true",
    "s3:ListMultipartUploadParts,/wh/test/x,true",
    "s3:PutObject,/wh/test/,true",
    "s3:PutObject,/wh/test//a,true",
    "s3:PutObject,/wh/test,false",
    "s3:DeleteObjectVersion,/wh/test/x,false",
    "s3:PutObjectTagging,/wh/test/x,false",
    "s3:PutObjectAcl,/wh/test/x,false",
  })
  @Evidence({"catalog-B2", "catalog-B7"})
  void table_access_covers_exactly_the_keys_below_the_table(
      String action, String key, boolean allowed) {
    assertThat(table().may(action, B + key)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/wh/test2/x", "/wh/tes", "/wh/tes/x", "/wh/x", "/x", "-2/wh/test/x"})
  @Evidence({"catalog-B5", "attack-29"})
  void nothing_outside_the_table_is_reachable(String key) {
    for (String action :
        new String[] {
          "s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"
        }) {
      assertThat(table().may(action, B + key)).as(action).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"wh/test/,true", "wh/test/x,true", "wh/test,false", "'',false", "wh/test2/,false"})
  @Evidence({"catalog-B6", "attack-29"})
  void list_needs_a_prefix_below_the_table(String prefix, boolean allowed) {
    assertThat(table().with("s3:prefix", prefix).may("s3:ListBucket", B)).isEqualTo(allowed);
    assertThat(table().with("s3:prefix", prefix).may("s3:ListBucketVersions", B)).isFalse();
    assertThat(table().with("s3:prefix", prefix).may("s3:ListBucketMultipartUploads", B)).isFalse();
  }

  /** Keys are opaque: such a prefix lists keys that begin with these very characters, as on AWS. */
  @Test
  @Evidence("catalog-B6")
  void dots_in_a_prefix_or_key_lead_nowhere() {
    assertThat(table().with("s3:prefix", "wh/test/../").may("s3:ListBucket", B)).isTrue();
    assertThat(table().may("s3:GetObject", B + "/wh/test/../other/x")).isTrue();
    assertThat(table().with("s3:prefix", "wh/").may("s3:ListBucket", B)).isFalse();
    assertThat(table().may("s3:GetObject", B + "/wh/other/x")).isFalse();
  }

  @Test
  @Evidence("catalog-B6")
  void list_without_prefix_is_denied_and_the_log_says_which_condition_failed() {
    Decision decision = table().decide("s3:ListBucket", B);
    assertThat(decision.allowed()).isFalse();
    assertThat(decision.reason())
        .isEqualTo("because no session policy allows the s3:ListBucket action");
    assertThat(decision.detail())
        .contains("session0", "ListBucketForFolder", "StringLike s3:prefix");
  }

  @Test
  @Evidence("catalog-C9")
  void a_missing_key_shows_as_404_only_inside_the_table() {
    assertThat(table().with("s3:prefix", "wh/test/x").may("s3:ListBucket", B)).isTrue();
    assertThat(table().with("s3:prefix", "wh/test").may("s3:ListBucket", B)).isFalse();
  }

  @Test
  @Evidence("catalog-B7")
  void read_level_has_no_put_and_write_level_no_delete() {
    String key = B + "/t/x";
    assertThat(vended(READ, "t").may("s3:GetObject", key)).isTrue();
    assertThat(vended(READ, "t").may("s3:PutObject", key)).isFalse();
    assertThat(vended(WRITE, "t").may("s3:PutObject", key)).isTrue();
    assertThat(vended(WRITE, "t").may("s3:DeleteObject", key)).isFalse();
  }

  @Test
  @Evidence({"catalog-B9", "catalog-B10", "catalog-B12"})
  void location_has_no_condition_and_kms_is_bound_to_its_key() {
    assertThat(table().may("s3:GetBucketLocation", B)).isTrue();
    assertThat(table().may("s3:GetBucketLocation", "arn:aws:s3:::other")).isFalse();
    String kms = "arn:aws:kms:us-east-1:000000000000:key/";
    assertThat(table().may("kms:Decrypt", kms + "k1")).isTrue();
    assertThat(table().may("kms:Decrypt", kms + "k2")).isFalse();
  }

  @Test
  @Evidence("catalog-B1")
  void the_session_never_exceeds_the_role_and_a_bucket_deny_wins() {
    Asking readOnly =
        Asking.session()
            .identity(Asking.statement("Allow", "s3:Get*", "*"))
            .sessionPolicy(document(DELETE, "t"));
    assertThat(readOnly.may("s3:GetObject", B + "/t/x")).isTrue();
    assertThat(readOnly.decide("s3:PutObject", B + "/t/x").reason())
        .isEqualTo("because no identity-based policy allows the s3:PutObject action");
    assertThat(
            vended(DELETE, "t")
                .resourcePolicy(Asking.granting("Deny", "'*'", "s3:*", B + "/t/*"))
                .decide("s3:PutObject", B + "/t/x")
                .reason())
        .isEqualTo("with an explicit deny in a resource-based policy");
  }

  @Test
  @Evidence("catalog-B2")
  void a_deny_in_the_session_policy_wins() {
    Asking asking =
        Asking.session()
            .identity(Asking.FULL_ACCESS)
            .sessionPolicy(Asking.FULL_ACCESS, Asking.statement("Deny", "s3:DeleteObject", "*"));
    assertThat(asking.may("s3:PutObject", B + "/x")).isTrue();
    assertThat(asking.decide("s3:DeleteObject", B + "/x").reason())
        .isEqualTo("with an explicit deny in a session policy");
  }

  @Test
  @Evidence({"catalog-B3", "attack-29"})
  void escaped_characters_of_the_key_are_literal() {
    Asking special = vended(DELETE, "a${*}b${?}c${$}d");
    assertThat(special.may("s3:PutObject", B + "/a*b?c$d/x")).isTrue();
    assertThat(special.may("s3:PutObject", B + "/aXbYc$d/x")).isFalse();
    assertThat(special.may("s3:PutObject", B + "/a*bYc$d/x")).isFalse();
    assertThat(special.with("s3:prefix", "a*b?c$d/").may("s3:ListBucket", B)).isTrue();
    assertThat(special.with("s3:prefix", "aXbYc$d/").may("s3:ListBucket", B)).isFalse();
  }

  @Test
  @Evidence("catalog-B3")
  void a_key_that_spells_a_variable_is_literal() {
    Asking special = vended(DELETE, "${$}{aws:username}").with("aws:username", "alice");
    assertThat(special.may("s3:PutObject", B + "/${aws:username}/x")).isTrue();
    assertThat(special.may("s3:PutObject", B + "/alice/x")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u00e9", "e\u0301", "雪/😀", "a b", "a%2Fb", "a+b", "..", "a//b", "a\\\\b"})
  @Evidence("catalog-B4")
  void keys_compare_exactly(String key) {
    String unescaped = key.replace("\\\\", "\\");
    assertThat(vended(DELETE, key).may("s3:PutObject", B + "/" + unescaped + "/x")).isTrue();
    assertThat(vended(DELETE, key).may("s3:PutObject", B + "/" + unescaped + "2/x")).isFalse();
    assertThat(vended(DELETE, "e\u0301").may("s3:PutObject", B + "/\u00e9/x")).isFalse();
  }

  @Test
  @Evidence("catalog-A5")
  void without_a_role_the_caller_is_cut_down_to_the_policy() {
    Asking root = Asking.as(Subject.Kind.USER_SESSION).root().sessionPolicy(document(READ, "t"));
    assertThat(root.may("s3:GetObject", B + "/t/x")).isTrue();
    assertThat(root.may("s3:PutObject", B + "/t/x")).isFalse();
    assertThat(root.may("s3:PutBucketPolicy", B)).isFalse();
  }
}
