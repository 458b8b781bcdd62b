package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Session policies in the shape that Polaris, Nessie, Gravitino and Unity Catalog build them.
 * Expectations follow what each catalog's documentation says its vended credentials reach.
 */
final class CatalogDocumentsTest {
  private static final String B = "arn:aws:s3:::lake";

  private static Asking vended(String singleQuoted) {
    return Asking.session().identity(Asking.FULL_ACCESS).sessionPolicy(Asking.policy(singleQuoted));
  }

  private static Asking polaris() {
    return vended(
        """
        {'Effect':'Allow','Action':['s3:PutObject','s3:DeleteObject'],
         'Resource':['arn:aws:s3:::lake/ns/t/*']},
        {'Effect':'Allow','Action':['kms:DescribeKey','kms:Decrypt','kms:Encrypt',
          'kms:GenerateDataKey','kms:GenerateDataKeyWithoutPlaintext'],
         'Resource':'arn:aws:kms:us-west-2:000000000000:key/*'},
        {'Effect':'Allow','Action':'s3:ListBucket','Resource':'arn:aws:s3:::lake',
         'Condition':{'StringLike':{'s3:prefix':['ns/t/*','ns/u/*']}}},
        {'Effect':'Allow','Action':'s3:GetBucketLocation','Resource':'arn:aws:s3:::lake'},
        {'Effect':'Allow','Action':['s3:GetObject','s3:GetObjectVersion'],
         'Resource':['arn:aws:s3:::lake/ns/t/*','arn:aws:s3:::lake/ns/u/*']}
        """);
  }

  @ParameterizedTest
  @CsvSource({
    "s3:PutObject,/ns/t/x,true",
    "s3:DeleteObject,/ns/t/x,true",
    "s3:PutObject,/ns/u/x,false",
    "s3:GetObject,/ns/u/x,true",
    "s3:GetObject,/ns/t_other/x,false",
    "s3:AbortMultipartUpload,/ns/t/x,false",
    "s3:ListMultipartUploadParts,/ns/t/x,false",
    "s3:GetBucketLocation,'',true",
  })
  @Evidence("catalog-B15")
  void polaris_writes_one_location_reads_two_and_cannot_abort(
      String action, String key, boolean allowed) {
    assertThat(polaris().may(action, B + key)).isEqualTo(allowed);
  }

  @Test
  @Evidence("catalog-B9")
  void polaris_prefix_list_is_an_or() {
    assertThat(polaris().with("s3:prefix", "ns/u/").may("s3:ListBucket", B)).isTrue();
    assertThat(polaris().with("s3:prefix", "ns/v/").may("s3:ListBucket", B)).isFalse();
    assertThat(polaris().may("kms:Encrypt", "arn:aws:kms:us-west-2:000000000000:key/1")).isTrue();
  }

  @Test
  @Evidence("catalog-B15")
  void polaris_deny_fallback_gives_nothing() {
    Decision decision =
        vended("{'Effect':'Deny','Action':['*'],'Resource':['*']}")
            .decide("s3:GetObject", B + "/x");
    assertThat(decision).isInstanceOf(Decision.ExplicitDeny.class);
  }

  private static Asking nessie() {
    return vended(
        """
        {'Effect':'Allow','Action':'s3:ListBucket','Resource':'arn:aws:s3:::lake','Condition':
          {'StringLike':{'s3:prefix':['wh/t','wh/t/*','*/wh/t','*/wh/t/*','*/*/wh/t/*',
                                      '*/*/*/*/*/*/*/*/wh/t/*']}}},
        {'Effect':'Allow','Action':['s3:GetObject','s3:GetObjectVersion','s3:PutObject',
          's3:DeleteObject'],'Resource':['arn:aws:s3:::lake/wh/t/*','arn:aws:s3:::lake/*/wh/t/*',
                                         'arn:aws:s3:::lake/*/*/*/*/wh/t/*']},
        {'Effect':'Deny','Action':'s3:*','Resource':'arn:aws:s3:::lake/blocked/*'}
        """);
  }

  @ParameterizedTest
  @CsvSource({
    "s3:PutObject,/wh/t/x,true",
    "s3:PutObject,/0101/1010/wh/t/x,true",
    "s3:PutObject,/wh/t2/x,false",
    "s3:GetObject,/blocked/wh/t/x,false",
  })
  @Evidence("catalog-B4")
  void nessie_leading_wildcards(String action, String key, boolean allowed) {
    assertThat(nessie().may(action, B + key)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"wh/t,true", "wh/t/,true", "a/b/wh/t/c,true", "wh/t2,false", "wh,false"})
  @Evidence("catalog-B9")
  void nessie_prefix_array(String prefix, boolean allowed) {
    assertThat(nessie().with("s3:prefix", prefix).may("s3:ListBucket", B)).isEqualTo(allowed);
  }

  @Test
  void gravitino_lists_the_directory_with_and_without_what_is_below() {
    Asking gravitino =
        vended(
            """
            {'Effect':'Allow','Action':['s3:GetObject','s3:GetObjectVersion'],
             'Resource':['arn:aws:s3:::lake/db/t/*']},
            {'Effect':'Allow','Action':'s3:ListBucket','Resource':'arn:aws:s3:::lake','Condition':
              {'StringLike':{'s3:prefix':['db/t/','db/t/*']}}},
            {'Effect':'Allow','Action':'s3:GetBucketLocation','Resource':'arn:aws:s3:::lake'},
            {'Effect':'Allow','Action':['s3:PutObject','s3:DeleteObject'],
             'Resource':'arn:aws:s3:::lake/db/t/*'}
            """);
    assertThat(gravitino.with("s3:prefix", "db/t/").may("s3:ListBucket", B)).isTrue();
    assertThat(gravitino.with("s3:prefix", "db/t").may("s3:ListBucket", B)).isFalse();
    assertThat(gravitino.may("s3:DeleteObject", B + "/db/t/x")).isTrue();
    assertThat(gravitino.may("s3:DeleteObject", B + "/db/t")).isFalse();
  }

  private static Asking unity() {
    return vended(
        """
        {'Effect':'Allow','Action':['s3:GetO*','s3:PutO*','s3:DeleteO*','s3:*Multipart*'],
         'Resource':['arn:aws:s3:::lake/p/*','arn:aws:s3:::lake/p']},
        {'Effect':'Allow','Action':['s3:ListBucket'],'Resource':['arn:aws:s3:::lake'],
         'Condition':{'StringLike':{'s3:prefix':['p','p/','p/*']}}},
        {'Effect':'Allow','Action':['kms:Decrypt','kms:GenerateDataKey*'],'Resource':['*'],
         'Condition':{'StringLike':{'kms:ViaService':['s3.*.amazonaws.com'],
           'kms:EncryptionContext:aws:s3:arn':['arn:aws:s3:::lake/p/*']}}}
        """);
  }

  @ParameterizedTest
  @CsvSource({
    "s3:GetObject,/p/x,true",
    "S3:getobject,/p/x,true",
    "s3:PutObject,/p,true",
    "s3:DeleteObjectVersion,/p/x,true",
    "s3:AbortMultipartUpload,/p/x,true",
    "s3:ListMultipartUploadParts,/p/x,true",
    "s3:GetObject,/p2/x,false",
    "s3:RestoreObject,/p/x,false",
  })
  @Evidence("catalog-B8")
  void unity_wildcard_actions(String action, String key, boolean allowed) {
    assertThat(unity().may(action, B + key)).isEqualTo(allowed);
  }

  @Test
  @Evidence("catalog-B9")
  void unity_kms_conditions_are_evaluated_although_the_keys_are_unknown_here() {
    Asking keyed =
        unity()
            .with("kms:ViaService", "s3.us-east-1.amazonaws.com")
            .with("kms:EncryptionContext:aws:s3:arn", "arn:aws:s3:::lake/p/x");
    String key = "arn:aws:kms:us-east-1:000000000000:key/1";
    assertThat(keyed.may("kms:Decrypt", key)).isTrue();
    assertThat(unity().may("kms:Decrypt", key)).isFalse();
  }
}
