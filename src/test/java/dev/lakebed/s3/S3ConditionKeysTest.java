package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.ConditionKeys;
import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.Connection;
import dev.lakebed.http.RequestBody;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.PolicyCaller;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.ops.Setting;
import dev.lakebed.s3.rest.S3Access;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.support.Evidence;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each s3: condition key, asked by a policy that denies the request unless the key has the value.
 * The keys of the signature are tested with the global ones.
 */
@Evidence("contract-5.4")
class S3ConditionKeysTest {
  /** Key, value, method, target, headers. */
  private static final String ROWS =
      """
      s3:prefix | a/ | GET | /bkt?prefix=a/
      s3:delimiter | / | GET | /bkt?list-type=2&delimiter=/
      s3:max-keys | 7 | GET | /bkt?max-keys=7
      s3:max-keys | 7 | GET | /bkt?uploads&max-uploads=7
      s3:VersionId | null | GET | /bkt/k?versionId=null
      s3:ExistingObjectTag/team | red | GET | /bkt/k
      s3:RequestObjectTag/a | 1 | PUT | /bkt/n | x-amz-tagging: a=1
      s3:RequestObjectTagKeys | a | PUT | /bkt/n | x-amz-tagging: a=1
      s3:ObjectCreationOperation | true | PUT | /bkt/n
      s3:ObjectCreationOperation | false | POST | /bkt/n?uploads
      s3:if-match | * | PUT | /bkt/k | if-match: *
      s3:if-none-match | * | PUT | /bkt/n | if-none-match: *
      s3:x-amz-acl | private | PUT | /bkt/n | x-amz-acl: private
      s3:x-amz-copy-source | /bkt/k | PUT | /bkt/n | x-amz-copy-source: /bkt/k
      s3:x-amz-copy-source | bkt/k | PUT | /bkt/n | x-amz-copy-source: /bkt/k
      s3:x-amz-copy-source | /bkt/k | PUT | /bkt/n | x-amz-copy-source: bkt/%6B?versionId=null
      s3:x-amz-metadata-directive | COPY | PUT | /bkt/n | x-amz-copy-source: /bkt/k | x-amz-metadata-directive: COPY
      s3:x-amz-storage-class | STANDARD | PUT | /bkt/n | x-amz-storage-class: STANDARD
      s3:x-amz-server-side-encryption | AES256 | PUT | /bkt/n | x-amz-server-side-encryption: AES256
      s3:ExistingObjectTag/team | red | PUT | /bkt/k?tagging | TAGS
      s3:ExistingObjectTag/team | red | DELETE | /bkt/k?tagging
      s3:RequestObjectTag/a | 1 | PUT | /bkt/k?tagging | TAGS
      s3:RequestObjectTagKeys | a | PUT | /bkt/k?tagging | TAGS
      s3:VersionId | null | PUT | /bkt/k?tagging&versionId=null | TAGS
      s3:BucketTag/team | green | GET | /seen/k
      s3:BucketTag/team | green | GET | /seen
      aws:ResourceTag/team | green | GET | /seen/k
      aws:ResourceTag/team | green | PUT | /seen/n
      aws:ResourceTag/team | green | GET | /seen?location
      s3:LocationConstraint | us-west-9 | PUT | /new | NEW
      aws:RequestTag/a | 1 | PUT | /new | NEW
      aws:TagKeys | a | PUT | /new | NEW
      aws:RequestTag/a | 1 | POST | /v20180820/tags/arn:aws:s3:::bkt | x-amz-account-id: 000000000000 | TAG
      aws:TagKeys | a | POST | /v20180820/tags/arn:aws:s3:::bkt | x-amz-account-id: 000000000000 | TAG
      aws:TagKeys | a | DELETE | /v20180820/tags/arn:aws:s3:::bkt?tagKeys=a | x-amz-account-id: 000000000000
      aws:ResourceTag/team | green | GET | /v20180820/tags/arn:aws:s3:::seen | x-amz-account-id: 000000000000
      """;

  private static final String LIST = "<Tag><Key>a</Key><Value>1</Value></Tag>";

  private static final String TEAM =
      "<Tagging><TagSet><Tag><Key>team</Key><Value>green</Value></Tag></TagSet></Tagging>";

  /** Bodies by the word that stands for them in a row. */
  private static final Map<String, String> BODIES =
      Map.of(
          "TAGS",
          "<Tagging><TagSet>" + LIST + "</TagSet></Tagging>",
          "TAG",
          "<TagResourceRequest><Tags>" + LIST + "</Tags></TagResourceRequest>",
          "NEW",
          "<CreateBucketConfiguration><LocationConstraint>us-west-9</LocationConstraint><Tags>"
              + LIST
              + "</Tags></CreateBucketConfiguration>");

  /** Headers that this server refuses before any policy is asked; the key has no way to matter. */
  private static final Set<String> REFUSED_EARLIER =
      Set.of(
          "s3:object-lock-legal-hold",
          "s3:object-lock-mode",
          "s3:object-lock-remaining-retention-days",
          "s3:object-lock-retain-until-date",
          "s3:x-amz-grant-full-control",
          "s3:x-amz-grant-read",
          "s3:x-amz-grant-read-acp",
          "s3:x-amz-grant-write",
          "s3:x-amz-grant-write-acp",
          "s3:x-amz-object-ownership",
          "s3:x-amz-server-side-encryption-aws-kms-key-id",
          "s3:x-amz-server-side-encryption-customer-algorithm",
          "s3:x-amz-website-redirect-location");

  private static final Set<String> OF_THE_SIGNATURE =
      Set.of(
          "s3:ResourceAccount",
          "s3:TlsVersion",
          "s3:authType",
          "s3:signatureAge",
          "s3:signatureversion",
          "s3:x-amz-content-sha256");

  private final TestServer server = TestServer.with().setting(Setting.REGION, "us-west-9").start();
  private final TestClient s3 = server.s3();

  static List<String> rows() {
    return ROWS.lines().toList();
  }

  @BeforeEach
  void bucketWithAnObject() {
    s3.as(PolicyCaller.admin()).send("PUT", "/bkt");
    assertThat(s3.put("/bkt/k", "x", "x-amz-tagging", "team=red").status()).isEqualTo(200);
    s3.send("PUT", "/seen");
    assertThat(s3.put("/seen/k", "x").status()).isEqualTo(200);
    assertThat(s3.putProtected("/seen?tagging", TEAM).status()).isEqualTo(204);
    assertThat(s3.put("/seen?abac", "<AbacStatus><Status>Enabled</Status></AbacStatus>").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void key_has_the_value_of_the_request(String row) {
    String[] cells = row.split(" \\| ");
    assertThat(status(cells, cells[1])).isNotEqualTo(403).isLessThan(500);
    assertThat(status(cells, cells[1] + "x")).isEqualTo(403);
  }

  private int status(String[] cells, String value) {
    String statements =
        "{'Effect':'Allow','Action':'*','Resource':'*'},{'Effect':'Deny','Action':'s3:*',"
            + "'Resource':'*','Condition':{'StringNotEquals':{'"
            + cells[0]
            + "':'"
            + value
            + "'}}}";
    s3.as(PolicyCaller.user(PolicyCaller.ACCOUNT, "u", statements));
    String body =
        row(cells).stream().filter(BODIES::containsKey).map(BODIES::get).findFirst().orElse("");
    List<String> headers =
        row(cells).stream()
            .filter(cell -> !BODIES.containsKey(cell))
            .flatMap(cell -> Arrays.stream(cell.split(": ", 2)))
            .toList();
    return s3.send(cells[2], cells[3], body, headers).status();
  }

  private static List<String> row(String[] cells) {
    return Arrays.asList(cells).subList(4, cells.length);
  }

  private static List<String> keysOf(String method, String name) {
    Headers headers =
        Headers.builder()
            .add("x-amz-copy-source", "/bkt/k")
            .add("x-amz-metadata-directive", "COPY")
            .build();
    Request request =
        new Request(
            "0123456789ABCDEF",
            method,
            RawTarget.parse("/bkt/k"),
            QueryParameters.NONE,
            headers,
            new Connection("127.0.0.1", false, 8333),
            Instant.parse("2026-03-04T05:06:07Z"),
            RequestBody.EMPTY);
    return S3Access.requestKeys(new S3Request(request, "bkt", "k")).values(name);
  }

  /** A form has fields that its sender chose and signed: it must not pass for a copy. */
  @ParameterizedTest
  @ValueSource(strings = {"s3:x-amz-copy-source", "s3:x-amz-metadata-directive"})
  @Evidence("attack-34")
  void only_a_copy_has_a_source(String key) {
    assertThat(keysOf("PUT", key)).isNotEmpty();
    assertThat(keysOf("POST", key)).isEmpty();
    assertThat(keysOf("DELETE", key)).isEmpty();
  }

  /** The version of a source stands in a header, that of a deletion in the body. */
  @Test
  @Evidence("attack-32")
  void a_version_is_a_key_wherever_it_is_named() {
    String statements =
        "{'Effect':'Allow','Action':'*','Resource':'*'},{'Effect':'Deny','Action':'s3:*',"
            + "'Resource':'*','Condition':{'StringEquals':{'s3:VersionId':'null'}}}";
    s3.as(PolicyCaller.user(PolicyCaller.ACCOUNT, "u", statements));
    assertThat(s3.send("PUT", "/bkt/n", "x-amz-copy-source", "/bkt/k").status()).isEqualTo(200);
    Answer copy = s3.send("PUT", "/bkt/n", "x-amz-copy-source", "/bkt/k?versionId=null");
    assertThat(copy.code()).isEqualTo("AccessDenied");
    String list = "<Delete><Object><Key>k</Key><VersionId>null</VersionId></Object></Delete>";
    Answer batch = s3.post("/bkt?delete", list, "content-md5", "5Qx1xxrlousJpqdv28IXsQ==");
    assertThat(batch.text()).contains("<Code>AccessDenied</Code>");
    assertThat(s3.send("GET", "/bkt/k").status()).isEqualTo(200);
  }

  @Test
  void the_days_that_a_lock_remains_are_counted_from_the_request() {
    RawTarget target = RawTarget.parse("/bkt/k");
    Instant now = Instant.parse("2026-03-04T05:06:07Z");
    Headers headers =
        Headers.builder()
            .add("x-amz-object-lock-retain-until-date", "2026-03-06T05:06:08Z")
            .build();
    Request request =
        new Request(
            "0123456789ABCDEF",
            "PUT",
            target,
            QueryParameters.NONE,
            headers,
            new Connection("127.0.0.1", false, 8333),
            now,
            RequestBody.EMPTY);
    assertThat(
            S3Access.requestKeys(new S3Request(request, "bkt", "k"))
                .values("s3:object-lock-remaining-retention-days"))
        .containsExactly("3");
  }

  @Test
  void what_makes_no_object_is_no_creation() {
    String statements =
        "{'Effect':'Allow','Action':'*','Resource':'*'},{'Effect':'Deny','Action':'*',"
            + "'Resource':'*','Condition':{'Null':{'s3:ObjectCreationOperation':'false'}}}";
    s3.as(PolicyCaller.user(PolicyCaller.ACCOUNT, "u", statements));
    assertThat(s3.put("/bkt/n", "x").status()).isEqualTo(403);
    assertThat(s3.put("/bkt/k?tagging", TEAM).status()).isEqualTo(200);
    assertThat(s3.putProtected("/bkt?tagging", TEAM).status()).isEqualTo(204);
  }

  @Test
  void an_absent_parameter_is_an_absent_key() {
    String statements =
        "{'Effect':'Allow','Action':'s3:ListBucket','Resource':'*',"
            + "'Condition':{'StringEquals':{'s3:prefix':''}}}";
    s3.as(PolicyCaller.user(PolicyCaller.ACCOUNT, "u", statements));
    assertThat(s3.send("GET", "/bkt").status()).isEqualTo(403);
    assertThat(s3.send("GET", "/bkt?prefix=").status()).isEqualTo(200);
  }

  @Test
  void every_key_is_tested_somewhere() {
    Set<String> here =
        rows().stream()
            .map(row -> row.split(" \\| ")[0].replaceAll("/.*", "/"))
            .collect(Collectors.toSet());
    for (String key : ConditionKeys.S3) {
      assertThat(
              here.contains(key) || REFUSED_EARLIER.contains(key) || OF_THE_SIGNATURE.contains(key))
          .as(key)
          .isTrue();
    }
  }
}
