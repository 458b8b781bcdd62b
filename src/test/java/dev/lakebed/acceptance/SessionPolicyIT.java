package dev.lakebed.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What a vended session reaches, with Lakekeeper's documents. */
@AcceptanceTest
class SessionPolicyIT {
  private static final String BUCKET = "vended-" + UUID.randomUUID().toString().substring(0, 8);
  private static final String OTHER = BUCKET + "-other";

  @BeforeAll
  static void buckets() {
    try (S3Client s3 = Endpoint.deployed().s3(Keys.ADMIN)) {
      for (String bucket : List.of(BUCKET, OTHER)) {
        s3.createBucket(create -> create.bucket(bucket));
        for (String key : List.of("ns/test/a", "ns/test2/a", "ns/tes", "ns/test", "ns/a")) {
          put(s3, bucket, key);
        }
      }
    }
  }

  @Test
  @Evidence({"catalog-B2", "catalog-B3"})
  void characters_that_mean_something_in_patterns_are_literal(Endpoint endpoint) {
    String table = "ns/t*b?e$x";
    try (S3Client s3 = endpoint.s3(vended(endpoint, table))) {
      assertThat(outcomeOfPut(s3, BUCKET, table + "/data/a")).isEqualTo("ok");
      assertThat(list(s3, table + "/")).containsExactly(table + "/data/a");
      assertThat(outcomeOfPut(s3, BUCKET, "ns/tXbYe$x/data/a")).isEqualTo("403 AccessDenied");
      assertThat(Outcome.of(() -> list(s3, "ns/tXb?e$x/"))).isEqualTo("403 AccessDenied");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ns/test2/a", "ns/tes", "ns/test", "ns/a", "ns/test2/../test/a", "a", "NS/test/a"})
  @Evidence({"catalog-B4", "catalog-B5"})
  void a_vended_session_reaches_no_sibling(String key, Endpoint endpoint) {
    try (S3Client s3 = endpoint.s3(vended(endpoint, "ns/test"))) {
      assertThat(everyAccess(s3, BUCKET, key)).containsOnly("403 AccessDenied", "403");
    }
  }

  @Test
  @Evidence({"catalog-B1", "catalog-B5"})
  void a_vended_session_reaches_its_prefix_and_no_other_bucket(Endpoint endpoint) {
    try (S3Client s3 = endpoint.s3(vended(endpoint, "ns/test"))) {
      assertThat(everyAccess(s3, BUCKET, "ns/test/b")).containsOnly("ok");
      assertThat(everyAccess(s3, OTHER, "ns/test/a")).containsOnly("403 AccessDenied", "403");
      assertThat(Outcome.of(s3::listBuckets)).isEqualTo("403 AccessDenied");
      assertThat(Outcome.of(() -> s3.deleteBucket(delete -> delete.bucket(BUCKET))))
          .isEqualTo("403 AccessDenied");
    }
  }

  @Test
  @Evidence("catalog-B6")
  void listing_needs_a_prefix_inside_the_table(Endpoint endpoint) {
    try (S3Client s3 = endpoint.s3(vended(endpoint, "ns/test"))) {
      assertThat(list(s3, "ns/test/")).contains("ns/test/a").doesNotContain("ns/test2/a");
      for (String prefix : List.of("ns/test/x", "ns/test/../")) {
        assertThat(Outcome.of(() -> list(s3, prefix))).as(prefix).isEqualTo("ok");
      }
      for (String prefix : List.of("ns/test", "ns/", "", "ns/test2/")) {
        assertThat(listings(s3, prefix)).as(prefix).containsOnly("403 AccessDenied");
      }
      assertThat(Outcome.of(() -> s3.listObjectsV2(list -> list.bucket(BUCKET))))
          .isEqualTo("403 AccessDenied");
    }
  }

  /** Versions have an action of their own on AWS, which catalogs do not grant. */
  @Test
  @Evidence("catalog-F4")
  void both_forms_of_listing_are_open_inside_the_table_and_versions_if_granted(Endpoint endpoint) {
    String policy = SessionPolicy.readWriteDelete(BUCKET, "ns/test");
    try (S3Client s3 = limited(endpoint, policy)) {
      assertThat(listings(s3, "ns/test/")).containsExactly("ok", "ok", "403 AccessDenied");
    }
    String granted =
        policy.replace("\"s3:ListBucket\"", "[\"s3:ListBucket\",\"s3:ListBucketVersions\"]");
    try (S3Client s3 = limited(endpoint, granted)) {
      for (String prefix : List.of("ns/test/", "ns/test/a")) {
        assertThat(listings(s3, prefix)).as(prefix).containsOnly("ok");
      }
      assertThat(listings(s3, "ns/test")).containsOnly("403 AccessDenied");
      assertThat(s3.listObjects(list -> list.bucket(BUCKET).prefix("ns/test/")).contents())
          .extracting(S3Object::key)
          .contains("ns/test/a")
          .allMatch(key -> key.startsWith("ns/test/"));
      assertThat(s3.listObjectVersions(list -> list.bucket(BUCKET).prefix("ns/test/")).versions())
          .extracting(ObjectVersion::key)
          .contains("ns/test/a")
          .allMatch(key -> key.startsWith("ns/test/"));
    }
  }

  @Test
  @Evidence("catalog-B7")
  void multipart_goes_by_put_object_and_the_levels_differ(Endpoint endpoint) {
    String key = "ns/test/parts";
    try (S3Client full = endpoint.s3(vended(endpoint, "ns/test"));
        S3Client write = limited(endpoint, SessionPolicy.readWrite(BUCKET, "ns/test"));
        S3Client read = limited(endpoint, SessionPolicy.read(BUCKET, "ns/test"))) {
      String upload = create(full, key);
      String tag =
          full.uploadPart(
                  part -> part.bucket(BUCKET).key(key).uploadId(upload).partNumber(1),
                  RequestBody.fromString("part"))
              .eTag();
      assertThat(full.listParts(list -> list.bucket(BUCKET).key(key).uploadId(upload)).parts())
          .hasSize(1);
      CompletedPart part = CompletedPart.builder().partNumber(1).eTag(tag).build();
      full.completeMultipartUpload(
          complete ->
              complete
                  .bucket(BUCKET)
                  .key(key)
                  .uploadId(upload)
                  .multipartUpload(parts -> parts.parts(part)));
      String second = create(write, key);
      assertThat(
              Outcome.of(
                  () ->
                      read.abortMultipartUpload(
                          abort -> abort.bucket(BUCKET).key(key).uploadId(second))))
          .isEqualTo("403 AccessDenied");
      write.abortMultipartUpload(abort -> abort.bucket(BUCKET).key(key).uploadId(second));
      assertThat(Outcome.of(() -> full.listMultipartUploads(list -> list.bucket(BUCKET))))
          .isEqualTo("403 AccessDenied");
      assertThat(Outcome.of(() -> write.deleteObject(delete -> delete.bucket(BUCKET).key(key))))
          .isEqualTo("403 AccessDenied");
      assertThat(outcomeOfPut(read, BUCKET, key)).isEqualTo("403 AccessDenied");
      assertThat(Outcome.of(() -> create(read, key))).isEqualTo("403 AccessDenied");
      assertThat(Outcome.of(() -> get(read, BUCKET, key))).isEqualTo("ok");
    }
  }

  @Test
  @Evidence({"catalog-B10", "catalog-B12"})
  void the_location_of_the_bucket_is_told(Endpoint endpoint) {
    try (S3Client s3 = endpoint.s3(vended(endpoint, "ns/test"))) {
      assertThat(Outcome.of(() -> s3.getBucketLocation(get -> get.bucket(BUCKET)))).isEqualTo("ok");
      assertThat(Outcome.of(() -> s3.headBucket(head -> head.bucket(BUCKET)))).startsWith("403");
    }
  }

  @Test
  @Evidence("catalog-B11")
  void each_key_of_delete_objects_is_authorised_for_itself(Endpoint endpoint) {
    try (S3Client s3 = endpoint.s3(vended(endpoint, "ns/del"));
        S3Client admin = endpoint.s3(Keys.ADMIN)) {
      put(admin, BUCKET, "ns/del/a");
      put(admin, BUCKET, "ns/del2/a");
      DeleteObjectsResponse reply =
          s3.deleteObjects(
              delete ->
                  delete
                      .bucket(BUCKET)
                      .delete(
                          body ->
                              body.objects(
                                  Stream.of("ns/del/a", "ns/del2/a", "ns/del/none")
                                      .map(key -> ObjectIdentifier.builder().key(key).build())
                                      .toList())));
      assertThat(reply.deleted())
          .extracting(DeletedObject::key)
          .containsExactlyInAnyOrder("ns/del/a", "ns/del/none");
      assertThat(reply.errors()).extracting(S3Error::key).containsExactly("ns/del2/a");
      assertThat(reply.errors()).extracting(S3Error::code).containsExactly("AccessDenied");
      assertThat(list(admin, "ns/del")).containsExactly("ns/del2/a");
    }
  }

  @Test
  @Evidence("catalog-B12")
  void a_copy_needs_the_right_on_both_ends(Endpoint endpoint) {
    try (S3Client s3 = endpoint.s3(vended(endpoint, "ns/test"))) {
      assertThat(copy(s3, "ns/test/a", "ns/test/copy")).isEqualTo("ok");
      assertThat(copy(s3, "ns/test2/a", "ns/test/copy")).isEqualTo("403 AccessDenied");
      assertThat(copy(s3, "ns/test/a", "ns/test2/copy")).isEqualTo("403 AccessDenied");
    }
  }

  @Test
  @Evidence("catalog-B13")
  void a_token_that_is_not_of_the_key_is_refused(Endpoint endpoint) {
    AwsSessionCredentials one = vended(endpoint, "ns/test");
    AwsSessionCredentials two = vended(endpoint, "ns/test2");
    String cut = one.sessionToken().substring(0, one.sessionToken().length() - 4);
    assertThat(read(endpoint, withToken(one, two.sessionToken()))).isEqualTo("400 InvalidToken");
    assertThat(read(endpoint, withToken(one, cut))).isEqualTo("400 InvalidToken");
    assertThat(read(endpoint, withToken(one, "x"))).isEqualTo("400 InvalidToken");
    assertThat(read(endpoint, AwsBasicCredentials.create(one.accessKeyId(), one.secretAccessKey())))
        .isEqualTo("403 InvalidAccessKeyId");
    assertThat(read(endpoint, one)).isEqualTo("ok");
  }

  @Test
  @Evidence({"catalog-B8", "catalog-B15"})
  void wildcard_actions_and_the_deny_of_everything(Endpoint endpoint) {
    String wildcard =
        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
            + "\"Action\":\"S3:geto*\",\"Resource\":[\"arn:aws:s3:::"
            + BUCKET
            + "/ns/test/?\"]}}";
    String deny =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\","
            + "\"Action\":\"*\",\"Resource\":\"*\"}]}";
    try (S3Client s3 = limited(endpoint, wildcard)) {
      assertThat(Outcome.of(() -> get(s3, BUCKET, "ns/test/a"))).isEqualTo("ok");
      assertThat(outcomeOfPut(s3, BUCKET, "ns/test/a")).isEqualTo("403 AccessDenied");
    }
    try (S3Client s3 = limited(endpoint, deny)) {
      assertThat(everyAccess(s3, BUCKET, "ns/test/a")).containsOnly("403 AccessDenied", "403");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"StringLike\":{\"s3:prefix\":[\"ns/test/*\",\"ns/none/*\"]}",
        "\"StringEquals\":{\"s3:prefix\":[\"ns/none/\",\"ns/test/\"]}",
        "\"ForAnyValue:StringLike\":{\"s3:prefix\":[\"ns/test/*\"]}",
        "\"ForAllValues:StringEquals\":{\"s3:prefix\":\"ns/test/\"}"
      })
  @Evidence("catalog-B9")
  void conditions_on_the_prefix_in_every_form(String condition, Endpoint endpoint) {
    String policy =
        """
        {"Version":"2012-10-17","Statement":[\
        {"Effect":"Allow","Action":["kms:GenerateDataKey","kms:Decrypt"],\
        "Resource":"arn:aws:kms:*:*:key/*",\
        "Condition":{"StringLike":{"kms:EncryptionContext:aws:s3:arn":"arn:aws:s3:::BUCKET/*"}}},\
        {"Effect":"Allow","Action":"s3:ListBucket*","Resource":"arn:aws:s3:::BUCKET",\
        "Condition":{CONDITION}}]}\
        """
            .replace("CONDITION", condition)
            .replace("BUCKET", BUCKET);
    try (S3Client s3 = limited(endpoint, policy)) {
      assertThat(listings(s3, "ns/test/")).containsOnly("ok");
      assertThat(listings(s3, "ns/test2/")).containsOnly("403 AccessDenied");
      assertThat(Outcome.of(() -> get(s3, BUCKET, "ns/test/a"))).isEqualTo("403 AccessDenied");
    }
  }

  private static AwsSessionCredentials vended(Endpoint endpoint, String table) {
    return Keys.vended(endpoint, Keys.KEEPER, SessionPolicy.readWriteDelete(BUCKET, table));
  }

  private static S3Client limited(Endpoint endpoint, String policy) {
    return endpoint.s3(Keys.vended(endpoint, Keys.KEEPER, policy));
  }

  private static AwsSessionCredentials withToken(AwsSessionCredentials keys, String token) {
    return AwsSessionCredentials.create(keys.accessKeyId(), keys.secretAccessKey(), token);
  }

  private static String read(Endpoint endpoint, AwsCredentials keys) {
    try (S3Client s3 = endpoint.s3(keys)) {
      return Outcome.of(() -> get(s3, BUCKET, "ns/test/a"));
    }
  }

  /** Writes, reads, looks at, writes in parts and deletes. */
  private static List<String> everyAccess(S3Client s3, String bucket, String key) {
    List<String> outcomes = new ArrayList<>();
    outcomes.add(outcomeOfPut(s3, bucket, key));
    outcomes.add(Outcome.of(() -> get(s3, bucket, key)));
    outcomes.add(Outcome.of(() -> s3.headObject(head -> head.bucket(bucket).key(key))));
    outcomes.add(
        Outcome.of(() -> s3.createMultipartUpload(create -> create.bucket(bucket).key(key))));
    outcomes.add(Outcome.of(() -> s3.deleteObject(delete -> delete.bucket(bucket).key(key))));
    return outcomes;
  }

  /** Every way to list. */
  private static List<String> listings(S3Client s3, String prefix) {
    return List.of(
        Outcome.of(() -> list(s3, prefix)),
        Outcome.of(() -> s3.listObjects(list -> list.bucket(BUCKET).prefix(prefix))),
        Outcome.of(() -> s3.listObjectVersions(list -> list.bucket(BUCKET).prefix(prefix))));
  }

  private static List<String> list(S3Client s3, String prefix) {
    return s3.listObjectsV2(list -> list.bucket(BUCKET).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  private static String create(S3Client s3, String key) {
    return s3.createMultipartUpload(create -> create.bucket(BUCKET).key(key)).uploadId();
  }

  private static String copy(S3Client s3, String from, String to) {
    return Outcome.of(
        () ->
            s3.copyObject(
                copy ->
                    copy.sourceBucket(BUCKET)
                        .sourceKey(from)
                        .destinationBucket(BUCKET)
                        .destinationKey(to)));
  }

  private static String outcomeOfPut(S3Client s3, String bucket, String key) {
    return Outcome.of(() -> put(s3, bucket, key));
  }

  private static void put(S3Client s3, String bucket, String key) {
    s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString("x"));
  }

  private static void get(S3Client s3, String bucket, String key) {
    s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray();
  }
}
