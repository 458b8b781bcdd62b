package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Actions, resources and their negations; expectations from the IAM JSON policy reference. */
final class WildcardTest {
  @ParameterizedTest
  @CsvSource({
    "arn:aws:s3:::buck*,arn:aws:s3:::bucket,true",
    "arn:aws:s3:::buck*,arn:aws:s3:::bucket/key,true",
    "arn:aws:s3:::buck*,arn:aws:s3:::other,false",
    "arn:aws:s3:::bucket*,arn:aws:s3:::bucket2/key,true",
    "arn:aws:s3:::bucket/*,arn:aws:s3:::bucket2/key,false",
    "arn:aws:s3:::bucket/*,arn:aws:s3:::bucket/a/b/c,true",
    "arn:aws:s3:::bucket/*,arn:aws:s3:::bucket,false",
    "arn:aws:s3:::bucket,arn:aws:s3:::bucket/key,false",
    "arn:aws:s3:::bucket/?,arn:aws:s3:::bucket/ab,false",
    "arn:aws:s3:::Bucket,arn:aws:s3:::bucket,false",
    "arn:aws:s3:::*,arn:aws:s3:::bucket/key,true",
    "arn:aws:s3:*,arn:aws:s3:::bucket/key,true",
    "arn:*:s3:::b,arn:aws:s3:::b,true",
    "arn:aws:s3tables:*:*:bucket/*,arn:aws:s3:::bucket/key,false",
    "*,arn:aws:s3:::bucket/key,true",
  })
  @Evidence("attack-39")
  void resources_match_as_one_glob(String pattern, String arn, boolean allowed) {
    Asking asking = Asking.user().identity(Asking.statement("Allow", "s3:GetObject", pattern));
    assertThat(asking.may("s3:GetObject", arn)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "s3:Get?bject,s3:GetObject,true",
    "s3:get*,S3:GetObjectAcl,true",
    "S3:GETOBJECT,s3:GetObject,true",
    "s3:*,s3:ListBucket,true",
    "s3:*,s3tables:ListTables,false",
    "*,sts:AssumeRole,true",
    "*:*,iam:GetUser,true",
    "s3:GetObject,s3:GetObjectVersion,false",
    "s3:Made?p*,s3:MadeUpAction,true",
  })
  @Evidence("attack-39")
  void actions_match_without_case(String pattern, String action, boolean allowed) {
    Asking asking = Asking.user().identity(Asking.statement("Allow", pattern, "*"));
    assertThat(asking.may(action, "arn:aws:s3:::b/k")).isEqualTo(allowed);
  }

  @Test
  @Evidence("attack-39")
  void not_action_with_not_resource_selects_what_neither_lists() {
    Asking asking =
        Asking.user()
            .identity(
                Asking.policy(
                    "{'Effect':'Allow','NotAction':['s3:Delete*','iam:*'],"
                        + "'NotResource':['arn:aws:s3:::secret','arn:aws:s3:::secret/*']}"));
    assertThat(asking.may("s3:PutObject", "arn:aws:s3:::open/k")).isTrue();
    assertThat(asking.may("S3:DELETEOBJECT", "arn:aws:s3:::open/k")).isFalse();
    assertThat(asking.may("s3:PutObject", "arn:aws:s3:::secret/k")).isFalse();
    assertThat(asking.may("iam:GetUser", Asking.ALICE)).isFalse();
  }

  @Test
  @Evidence("rule-83")
  void a_grant_on_the_keys_does_not_list_the_bucket() {
    Asking asking = Asking.user().identity(Asking.statement("Allow", "s3:*", "arn:aws:s3:::b/*"));
    assertThat(asking.may("s3:ListBucket", "arn:aws:s3:::b")).isFalse();
    assertThat(asking.may("s3:GetObject", "arn:aws:s3:::b/k")).isTrue();
  }

  @Test
  void scalars_and_lists_mean_the_same() {
    String lists =
        Asking.json(
            "{'Version':['2012-10-17'],'Statement':[]}"
                .replace("['2012-10-17']", "'2012-10-17'")
                .replace(
                    "[]",
                    "{'Effect':'Allow','Action':['s3:GetObject'],'Resource':['*'],"
                        + "'Condition':{'NumericLessThan':{'s3:max-keys':[10]},"
                        + "'Bool':{'aws:SecureTransport':true}}}"));
    Asking asking =
        Asking.user().identity(lists).with("s3:max-keys", "9").with("aws:SecureTransport", "true");
    assertThat(asking.may("s3:GetObject", "arn:aws:s3:::b/k")).isTrue();
    assertThat(asking.with("s3:max-keys", "10").may("s3:GetObject", "arn:aws:s3:::b/k")).isFalse();
  }
}
