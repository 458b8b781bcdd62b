package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.Permission;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestCaller;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.Protocol;
import dev.lakebed.support.Evidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What selects an operation. */
@Evidence({"contract-4.1", "contract-4.2"})
class RoutingTest {
  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3();

  @BeforeEach
  void bucket() {
    s3.send("PUT", "/bkt");
    s3.put("/bkt/k", "unchanged");
  }

  static Stream<String> notBuilt() {
    String bucketPuts =
        "accelerate acl analytics encryption intelligent-tiering inventory lifecycle"
            + " logging metrics notification object-lock ownershipControls"
            + " replication requestPayment versioning website"
            + " metadataAnnotationTable metadataInventoryTable metadataJournalTable";
    String bucketDeletes =
        "analytics encryption intelligent-tiering inventory lifecycle metadataConfiguration"
            + " metadataTable metrics ownershipControls replication"
            + " website";
    return Stream.of(
            each("PUT /bkt?", bucketPuts),
            each("DELETE /bkt?", bucketDeletes),
            each("POST /bkt?", "metadataConfiguration metadataTable"),
            each("GET /bkt?", "metadataConfiguration metadataTable session"),
            each(
                "PUT /bkt/k?",
                "acl annotation annotationName encryption legal-hold renameObject retention"),
            each("DELETE /bkt/k?", "annotation annotationName"),
            each("POST /bkt/k?", "restore select"),
            each("GET /bkt/k?", "annotation annotationName torrent"))
        .flatMap(List::stream);
  }

  private static List<String> each(String start, String selectors) {
    return Arrays.stream(selectors.split(" ", -1)).map(selector -> start + selector).toList();
  }

  @ParameterizedTest
  @MethodSource("notBuilt")
  @Evidence("rule-8")
  void a_selector_that_is_not_built_answers_501_and_changes_nothing(String line) {
    String[] words = line.split(" ", -1);
    for (String value : List.of("", "=", "=x")) {
      Answer answer = s3.put("/bkt/other", "x");
      assertThat(answer.status()).isEqualTo(200);
      Answer refused = s3.send(words[0], words[1] + value);
      assertThat(refused.status()).isEqualTo(501);
      assertThat(refused.code()).isEqualTo("NotImplemented");
    }
    assertThat(s3.send("GET", "/bkt/k").text()).isEqualTo("unchanged");
  }

  /** AWS, "Required permissions for Amazon S3 API operations". */
  @ParameterizedTest
  @MethodSource("notBuilt")
  void who_may_not_hears_that_before_that_it_is_not_built(String line) {
    String[] words = line.split(" ", -1);
    List<Permission> asked = new ArrayList<>();
    s3.as(
        TestCaller.anonymous(
            permission -> {
              asked.add(permission);
              return false;
            }));
    Answer refused = s3.send(words[0], words[1]);
    assertThat(refused.status() + refused.code()).isEqualTo("403AccessDenied");
    s3.as(TestCaller.ROOT);
    Permission permission = asked.getFirst();
    if (permission.action().startsWith("s3:")) {
      String policy =
          "{'Version':'2012-10-17','Statement':{'Effect':'Deny','Principal':'*','Action':'%s',"
                  .formatted(permission.action())
              + "'Resource':'%s'}}".formatted(permission.resource().arn());
      assertThat(s3.put("/bkt?policy", policy.replace('\'', '"')).status())
          .as("AWS knows %s on %s", permission.action(), permission.resource().arn())
          .isEqualTo(204);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /bkt?replication, s3:PutReplicationConfiguration, arn:aws:s3:::bkt",
    "DELETE, /bkt?lifecycle, s3:PutLifecycleConfiguration, arn:aws:s3:::bkt",
    "PUT, /bkt?versioning, s3:PutBucketVersioning, arn:aws:s3:::bkt",
    "PUT, /bkt/k?retention, s3:PutObjectRetention, arn:aws:s3:::bkt/k",
    "POST, /bkt/k?select, s3:GetObject, arn:aws:s3:::bkt/k",
    "GET, /bkt/k?torrent, s3:GetObjectTorrent, arn:aws:s3:::bkt/k",
    "GET, /bkt/k?annotation, s3:ListObjectAnnotations, arn:aws:s3:::bkt/k",
    "GET, /bkt/k?annotation&annotationName=n, s3:GetObjectAnnotation, arn:aws:s3:::bkt/k",
    "PUT, /bkt/k?annotation&annotationName=n, s3:PutObjectAnnotation, arn:aws:s3:::bkt/k",
    "DELETE, /bkt/k?annotationName=n&annotation, s3:DeleteObjectAnnotation, arn:aws:s3:::bkt/k"
  })
  void who_may_hears_that_it_is_not_built(
      String method, String target, String action, String resource) {
    s3.as(TestCaller.anonymous(permission -> TestCaller.is(permission, action, resource)));
    assertThat(s3.send(method, target).status()).isEqualTo(501);
  }

  @ParameterizedTest
  @CsvSource({"retention, s3:GetObjectRetention", "legal-hold, s3:GetObjectLegalHold"})
  void a_lock_that_nobody_has_is_told_to_who_may_ask(String selector, String action) {
    s3.as(TestCaller.anonymous(permission -> false));
    assertThat(s3.send("GET", "/bkt/k?" + selector).status()).isEqualTo(403);
    s3.as(TestCaller.anonymous(p -> TestCaller.is(p, action, "arn:aws:s3:::bkt/k")));
    assertThat(s3.send("GET", "/bkt/k?" + selector).code()).isEqualTo("InvalidRequest");
  }

  @Test
  void two_selectors_at_once_are_refused() {
    Answer answer = s3.send("GET", "/bkt?acl&policy");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("InvalidArgument");
    assertThat(s3.send("GET", "/bkt/k?uploadId=x&uploads").code()).isEqualTo("InvalidArgument");
  }

  @ParameterizedTest
  @CsvSource({
    "PATCH, /bkt/k",
    "POST, /bkt/k",
    "PUT, /",
    "DELETE, /",
    "PUT, /bkt/k?cors",
    "POST, /bkt/k?delete",
    "GET, /bkt?delete",
    "HEAD, /bkt?acl"
  })
  void a_method_that_the_resource_does_not_have_is_refused(String method, String target) {
    assertThat(s3.send(method, target).status()).isEqualTo(405);
  }

  @Test
  void an_unknown_parameter_with_a_value_does_not_select() {
    assertThat(s3.send("GET", "/bkt/k?x-id=GetObject&foo=bar").text()).isEqualTo("unchanged");
    assertThat(s3.send("GET", "/bkt?foo=bar").element("Name")).isEqualTo("bkt");
    assertThat(s3.put("/bkt/k?x-id=PutObject&foo=bar", "new").status()).isEqualTo(200);
    assertThat(s3.send("GET", "/bkt/k?1732968000").text()).isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /bkt?list-type=2&prefix=&delimiter=&start-after=&encoding-type=",
        "GET /bkt?prefix&delimiter&marker&max-keys&fetch-owner&encoding-type",
        "GET /bkt?versions&key-marker=&version-id-marker=",
        "GET /bkt?uploads&key-marker=&upload-id-marker=&max-uploads=",
        "GET /bkt/k?X-Amz-Security-Token=&x-amz-meta-a=&response-content-type=&x-id="
      })
  void a_parameter_of_an_operation_may_be_empty(String line) {
    String[] words = line.split(" ", -1);
    assertThat(s3.send(words[0], words[1]).status()).isEqualTo(200);
  }

  /** Newer clients name what this server does not know; it must never run as its neighbour. */
  @ParameterizedTest
  @CsvSource({
    "GET, s3:ListBucket, s3:GetObject",
    "HEAD, s3:ListBucket, s3:GetObject",
    "PUT, s3:CreateBucket, s3:PutObject",
    "POST, s3:PutObject, s3:PutObject",
    "DELETE, s3:DeleteBucket, s3:DeleteObject"
  })
  void an_unknown_sub_resource_answers_501_and_changes_nothing(
      String method, String onBucket, String onObject) {
    s3.send("PUT", "/empty");
    for (String query :
        List.of("fooBar", "fooBar=", "fooBar&fooBarName=n", "tagging&foo-bar", "acl&cors&foo")) {
      for (String target : List.of("/empty?", "/bkt/k?")) {
        Answer answer = s3.as(TestCaller.ROOT).send(method, target + query);
        assertThat(answer.status()).as(method + target + query).isEqualTo(501);
        String action = target.equals("/empty?") ? onBucket : onObject;
        s3.as(TestCaller.anonymous(right -> !right.action().equals(action)));
        assertThat(s3.send(method, target + query).status()).isEqualTo(403);
      }
    }
    s3.as(TestCaller.ROOT);
    assertThat(s3.send("GET", "/bkt/k").text()).isEqualTo("unchanged");
    assertThat(s3.send("HEAD", "/empty").status()).isEqualTo(200);
  }

  @Test
  void an_unknown_sub_resource_makes_no_bucket_and_takes_no_form_copy_or_part() {
    assertThat(s3.send("PUT", "/new-one?foo").code()).isEqualTo("NoSuchBucket");
    assertThat(s3.send("HEAD", "/new-one").status()).isEqualTo(404);
    String form = "multipart/form-data; boundary=x";
    assertThat(s3.send("POST", "/bkt?foo", "content-type", form).code())
        .isEqualTo("NotImplemented");
    assertThat(s3.send("PUT", "/bkt/copy?foo", "x-amz-copy-source", "bkt/k").code())
        .isEqualTo("NotImplemented");
    assertThat(s3.put("/bkt/k?foo&partNumber=1&uploadId=x", "part").code())
        .isEqualTo("NotImplemented");
    assertThat(s3.send("GET", "/bkt/copy").status()).isEqualTo(404);
  }

  @Test
  @Evidence("rule-9")
  void a_selector_counts_with_and_without_equals_sign() {
    assertThat(s3.send("POST", "/bkt/m?uploads").element("UploadId")).hasSize(32);
    assertThat(s3.send("POST", "/bkt/m?uploads=").element("UploadId")).hasSize(32);
  }

  @Test
  void a_part_number_without_upload_never_overwrites_the_object() {
    Answer answer = s3.put("/bkt/k?partNumber=1", "part");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("InvalidArgument");
    Answer numberless = s3.put("/bkt/k?uploadId=x", "part");
    assertThat(numberless.status()).isEqualTo(405);
    assertThat(numberless.code()).isEqualTo("MethodNotAllowed");
    assertThat(s3.send("PUT", "/bkt/k?uploadId=x", "x-amz-copy-source", "bkt/k").status())
        .isEqualTo(405);
    assertThat(s3.send("GET", "/bkt/k").text()).isEqualTo("unchanged");
  }

  @ParameterizedTest
  @CsvSource({
    "versioning, VersioningConfiguration",
    "logging, BucketLoggingStatus",
    "notification, NotificationConfiguration",
    "accelerate, AccelerateConfiguration",
    "requestPayment, RequestPaymentConfiguration",
    "ownershipControls, OwnershipControls",
    "acl, AccessControlPolicy",
    "abac, AbacStatus",
    "analytics, ListBucketAnalyticsConfigurationResult",
    "inventory, ListInventoryConfigurationsResult",
    "metrics, ListMetricsConfigurationsResult",
    "intelligent-tiering, ListBucketIntelligentTieringConfigurationsOutput"
  })
  void an_untouched_bucket_tells_its_defaults(String selector, String root) {
    Answer answer = s3.send("GET", "/bkt?" + selector);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("<" + root + " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
  }

  @ParameterizedTest
  @CsvSource({
    "cors, NoSuchCORSConfiguration",
    "lifecycle, NoSuchLifecycleConfiguration",
    "policy, NoSuchBucketPolicy",
    "policyStatus, NoSuchBucketPolicy",
    "tagging, NoSuchTagSet",
    "website, NoSuchWebsiteConfiguration",
    "replication, ReplicationConfigurationNotFoundError",
    "encryption, ServerSideEncryptionConfigurationNotFoundError",
    "object-lock, ObjectLockConfigurationNotFoundError",
    "publicAccessBlock, NoSuchPublicAccessBlockConfiguration",
    "analytics&id=x, NoSuchConfiguration"
  })
  void an_untouched_bucket_tells_what_it_lacks(String selector, String code) {
    Answer answer = s3.send("GET", "/bkt?" + selector);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void the_acl_says_that_the_owner_may_do_everything() {
    for (String target : List.of("/bkt?acl", "/bkt/k?acl")) {
      Answer acl = s3.send("GET", target);
      assertThat(acl.elements("ID")).containsExactly("000000000000", "000000000000");
      assertThat(acl.element("Permission")).isEqualTo("FULL_CONTROL");
      assertThat(acl.text()).contains("xsi:type=\"CanonicalUser\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"retention", "legal-hold"})
  void a_lock_on_a_bucket_without_lock_is_an_invalid_request(String selector) {
    assertThat(s3.send("GET", "/bkt/k?" + selector).code()).isEqualTo("InvalidRequest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"versions", "uploads"})
  void a_key_has_no_listing(String selector) {
    Answer answer = s3.send("GET", "/bkt/k?" + selector);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("InvalidRequest");
    assertThat(answer.element("Message"))
        .isEqualTo("There is no such thing as the ?" + selector + " sub-resource for a key");
  }

  @ParameterizedTest
  @MethodSource("notBuilt")
  void a_missing_bucket_is_told_before_what_is_not_built(String line) {
    String[] words = line.split(" ", -1);
    Answer answer = s3.send(words[0], words[1].replace("/bkt", "/none"));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isEqualTo("NoSuchBucket");
  }

  @ParameterizedTest
  @ValueSource(strings = {"retention", "legal-hold"})
  void a_missing_bucket_is_told_before_a_missing_lock(String selector) {
    Answer answer = s3.send("GET", "/none/k?" + selector);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isEqualTo("NoSuchBucket");
  }

  @Test
  void a_missing_bucket_is_told_before_anything_else() {
    s3.as(TestCaller.may(p -> false));
    for (String target : List.of("/none/k", "/none", "/none?list-type=2")) {
      Answer answer = s3.send("GET", target);
      assertThat(answer.status()).as(target).isEqualTo(404);
      assertThat(answer.code()).isEqualTo("NoSuchBucket");
    }
  }

  @Test
  void every_name_of_an_operation_is_known() {
    assertThat(server.protocol(Protocol.Kind.S3).operations())
        .extracting(Operation::name)
        .contains("PutObject", "ListObjectsV2", "PutBucketPolicy")
        .hasSizeGreaterThan(90);
  }
}
