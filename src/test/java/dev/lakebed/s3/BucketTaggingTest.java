package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.PolicyCaller;
import dev.lakebed.kit.TestCaller;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.support.Evidence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tags of buckets by S3 and S3 Control, and whether policies see them: AWS's references of
 * PutBucketTagging, PutBucketAbac and TagResource of S3 Control, and the page "Enabling ABAC in
 * general purpose buckets".
 */
@Evidence({"contract-4.1", "contract-5.5"})
class BucketTaggingTest {
  private static final String[] ACCOUNT = {"x-amz-account-id", PolicyCaller.ACCOUNT};
  private static final String CONTROL = "/v20180820/tags/arn%3Aaws%3As3%3A%3A%3A";

  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3();

  @BeforeEach
  void bucket() {
    s3.as(PolicyCaller.admin()).send("PUT", "/bkt");
  }

  static String list(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(
            tag ->
                "<Tag><Key>" + tag.getKey() + "</Key><Value>" + tag.getValue() + "</Value></Tag>")
        .collect(Collectors.joining());
  }

  static String tagging(Map<String, String> tags) {
    return "<Tagging><TagSet>" + list(tags) + "</TagSet></Tagging>";
  }

  private static Map<String, String> many(int count) {
    return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v"));
  }

  private Answer abac(String status) {
    return s3.put("/bkt?abac", "<AbacStatus><Status>" + status + "</Status></AbacStatus>");
  }

  private Answer tagResource(String bucket, Map<String, String> tags) {
    return s3.post(
        CONTROL + bucket,
        "<TagResourceRequest xmlns=\"http://awss3control.amazonaws.com/doc/2018-08-20/\"><Tags>"
            + list(tags)
            + "</Tags></TagResourceRequest>",
        ACCOUNT);
  }

  @Test
  void tags_are_replaced_shown_in_order_and_deleted() {
    assertThat(s3.putProtected("/bkt?tagging", tagging(Map.of("old", "1"))).status())
        .isEqualTo(204);
    assertThat(s3.putProtected("/bkt?tagging", tagging(Map.of("b", "", "a", "x y"))).status())
        .isEqualTo(204);
    Answer tags = s3.send("GET", "/bkt?tagging");
    assertThat(tags.status()).isEqualTo(200);
    assertThat(tags.elements("Key")).containsExactly("a", "b");
    assertThat(tags.elements("Value")).containsExactly("x y", "");
    assertThat(s3.send("DELETE", "/bkt?tagging").status()).isEqualTo(204);
    assertThat(s3.send("GET", "/bkt?tagging").code()).isEqualTo("NoSuchTagSet");
    assertThat(s3.send("DELETE", "/bkt?tagging").status()).isEqualTo(204);
    assertThat(s3.send("GET", "/gone?tagging").code()).isEqualTo("NoSuchBucket");
    assertThat(s3.putProtected("/gone?tagging", tagging(Map.of())).code())
        .isEqualTo("NoSuchBucket");
  }

  @Test
  void fifty_tags_are_kept_and_one_more_is_refused() {
    assertThat(s3.putProtected("/bkt?tagging", tagging(many(50))).status()).isEqualTo(204);
    assertThat(s3.putProtected("/bkt?tagging", tagging(many(51))).code()).isEqualTo("InvalidTag");
    assertThat(s3.send("GET", "/bkt?tagging").elements("Key")).hasSize(50);
    assertThat(tagResource("bkt", Map.of("k0", "again")).status()).isEqualTo(204);
    assertThat(tagResource("bkt", Map.of("one-more", "")).code()).isEqualTo("InvalidTag");
    assertThat(s3.send("GET", "/bkt?tagging").elements("Value")).hasSize(50).contains("again");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Tag><Key></Key><Value>v</Value></Tag>",
        "<Tag><Key>aws:x</Key><Value>v</Value></Tag>",
        "<Tag><Key>AWS:x</Key><Value>v</Value></Tag>",
        "<Tag><Key>a*</Key><Value>v</Value></Tag>",
        "<Tag><Key>a</Key><Value>{v}</Value></Tag>",
        "<Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>a</Key><Value>2</Value></Tag>"
      })
  void a_tag_that_aws_refuses_is_refused(String tags) {
    String document = "<Tagging><TagSet>" + tags + "</TagSet></Tagging>";
    Answer refused = s3.putProtected("/bkt?tagging", document);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("InvalidTag");
    assertThat(s3.send("GET", "/bkt?tagging").code()).isEqualTo("NoSuchTagSet");
  }

  @Test
  void the_longest_key_and_value_fit_and_longer_ones_do_not() {
    String key = "\u00e4".repeat(128);
    String value = "\u00e4".repeat(256);
    assertThat(s3.putProtected("/bkt?tagging", tagging(Map.of(key, value))).status())
        .isEqualTo(204);
    assertThat(s3.send("GET", "/bkt?tagging").element("Value")).isEqualTo(value);
    assertThat(s3.putProtected("/bkt?tagging", tagging(Map.of(key + "a", "v"))).code())
        .isEqualTo("InvalidTag");
    assertThat(s3.putProtected("/bkt?tagging", tagging(Map.of("k", value + "a"))).code())
        .isEqualTo("InvalidTag");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<Tagging/>",
        "<Tags><TagSet/></Tags>",
        "<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>",
        "<Tagging><TagSet><Other/></TagSet></Tagging>",
        "<Tagging><TagSet/><TagSet/></Tagging>"
      })
  void a_body_that_is_no_tagging_document_is_malformed(String body) {
    assertThat(s3.putProtected("/bkt?tagging", body).code()).isEqualTo("MalformedXML");
    assertThat(s3.put("/bkt/k?tagging", body).code()).isEqualTo("MalformedXML");
  }

  @Test
  void a_bucket_is_created_with_tags_by_who_may_tag() {
    String body =
        "<CreateBucketConfiguration><Tags>%s</Tags></CreateBucketConfiguration>"
            .formatted(list(Map.of("team", "red")));
    String create = "{'Effect':'Allow','Action':'s3:CreateBucket','Resource':'*'}";
    String tagRed =
        ",{'Effect':'Allow','Action':'s3:TagResource','Resource':'*','Condition':{"
            + "'StringEquals':{'aws:RequestTag/team':'red'},"
            + "'ForAllValues:StringEquals':{'aws:TagKeys':['team']}}}";
    s3.as(PolicyCaller.user(PolicyCaller.ACCOUNT, "u", create));
    assertThat(s3.put("/new", body).code()).isEqualTo("AccessDenied");
    assertThat(server.stores.metadata.find("new")).isEmpty();
    assertThat(s3.put("/plain", "<CreateBucketConfiguration/>").status()).isEqualTo(200);
    s3.as(PolicyCaller.user(PolicyCaller.ACCOUNT, "u", create + tagRed));
    assertThat(s3.put("/new", body.replace("red", "blue")).code()).isEqualTo("AccessDenied");
    assertThat(s3.put("/new", body.replace("</Tags>", list(Map.of("b", "")) + "</Tags>")).code())
        .isEqualTo("AccessDenied");
    assertThat(s3.put("/new", body).status()).isEqualTo(200);
    s3.as(PolicyCaller.admin());
    assertThat(s3.send("GET", "/new?tagging").element("Value")).isEqualTo("red");
    String again = body.replace("red", "green");
    assertThat(s3.put("/new", again).status()).isEqualTo(200);
    assertThat(s3.send("GET", "/new?tagging").element("Value"))
        .as("the bucket stays as it is")
        .isEqualTo("red");
    assertThat(s3.put("/x51", body.replace(list(Map.of("team", "red")), list(many(51)))).code())
        .isEqualTo("InvalidTag");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, s3:PutBucketTagging, 204",
    "GET, s3:GetBucketTagging, 200",
    "DELETE, s3:PutBucketTagging, 204"
  })
  void each_operation_needs_its_right_on_the_bucket(String method, String action, int status) {
    s3.putProtected("/bkt?tagging", tagging(Map.of("a", "b")));
    String body = method.equals("PUT") ? tagging(Map.of("a", "c")) : "";
    String md5 = ChecksumAlgorithm.MD5.of(body.getBytes(StandardCharsets.UTF_8)).base64();
    List<String> headers = List.of("content-md5", md5);
    s3.as(TestCaller.may(p -> !TestCaller.is(p, action, "arn:aws:s3:::bkt")));
    assertThat(s3.send(method, "/bkt?tagging", body, headers).code()).isEqualTo("AccessDenied");
    s3.as(TestCaller.may(p -> TestCaller.is(p, action, "arn:aws:s3:::bkt")));
    assertThat(s3.send(method, "/bkt?tagging", body, headers).status()).isEqualTo(status);
  }

  @Test
  void policies_see_tags_only_while_abac_is_enabled() {
    s3.putProtected("/bkt?tagging", tagging(Map.of("team", "red")));
    s3.put("/bkt/k", "x");
    String red =
        "{'Effect':'Allow','Action':['s3:GetObject','s3:ListBucket'],'Resource':'*',"
            + "'Condition':{'StringEquals':{'aws:ResourceTag/team':'red',"
            + "'s3:BucketTag/Team':'red'}}}";
    assertThat(s3.send("GET", "/bkt?abac").element("Status")).isEqualTo("Disabled");
    assertThat(read(red)).isEqualTo(403);
    assertThat(abac("Enabled").status()).isEqualTo(200);
    assertThat(s3.send("GET", "/bkt?abac").element("Status")).isEqualTo("Enabled");
    assertThat(read(red)).isEqualTo(200);
    assertThat(read(red.replace("red", "blue"))).isEqualTo(403);
    assertThat(abac("Disabled").status()).isEqualTo(200);
    assertThat(read(red)).isEqualTo(403);
    assertThat(abac("Perhaps").code()).isEqualTo("MalformedXML");
    assertThat(s3.put("/bkt?abac", "<AbacStatus/>").code()).isEqualTo("MalformedXML");
  }

  private int read(String statements) {
    s3.as(PolicyCaller.user(PolicyCaller.ACCOUNT, "u", statements));
    int status = s3.send("GET", "/bkt/k").status();
    assertThat(s3.send("GET", "/bkt").status()).isEqualTo(status);
    s3.as(PolicyCaller.admin());
    return status;
  }

  @Test
  void a_policy_on_tags_is_not_undone_by_the_right_to_put_bucket_tags() {
    s3.putProtected("/bkt?tagging", tagging(Map.of("team", "red")));
    abac("Enabled");
    Answer put = s3.putProtected("/bkt?tagging", tagging(Map.of("team", "blue")));
    assertThat(put.status()).isEqualTo(400);
    assertThat(put.code()).isEqualTo("InvalidRequest");
    assertThat(s3.send("DELETE", "/bkt?tagging").code()).isEqualTo("InvalidRequest");
    assertThat(s3.send("GET", "/bkt?tagging").element("Value")).isEqualTo("red");
    assertThat(tagResource("bkt", Map.of("team", "blue")).status()).isEqualTo(204);
    assertThat(s3.send("GET", "/bkt?tagging").element("Value")).isEqualTo("blue");
    s3.as(
        PolicyCaller.user(
            PolicyCaller.ACCOUNT,
            "u",
            "{'Effect':'Allow','Action':['s3:*Bucket*','s3:*Object*'],'Resource':'*'}"));
    assertThat(tagResource("bkt", Map.of("team", "red")).code()).isEqualTo("AccessDenied");
  }

  @Test
  void s3_control_adds_takes_and_lists_tags() {
    assertThat(tagResource("bkt", Map.of("a", "1", "b", "2")).status()).isEqualTo(204);
    assertThat(tagResource("bkt", Map.of("b", "3", "c", "4")).status()).isEqualTo(204);
    Answer list = s3.send("GET", CONTROL + "bkt", ACCOUNT);
    assertThat(list.status()).isEqualTo(200);
    assertThat(list.text()).contains("<ListTagsForResourceResult xmlns=\"http://awss3control.");
    assertThat(list.elements("Key")).containsExactly("a", "b", "c");
    assertThat(list.elements("Value")).containsExactly("1", "3", "4");
    assertThat(s3.send("DELETE", CONTROL + "bkt?tagKeys=a&tagKeys=b&tagKeys=no", ACCOUNT).status())
        .isEqualTo(204);
    assertThat(s3.send("GET", "/v20180820/tags/arn:aws:s3:::bkt", ACCOUNT).elements("Key"))
        .containsExactly("c");
    assertThat(s3.send("DELETE", CONTROL + "bkt?tagKeys=c", ACCOUNT).status()).isEqualTo(204);
    Answer none = s3.send("GET", CONTROL + "bkt", ACCOUNT);
    assertThat(none.status()).isEqualTo(200);
    assertThat(none.elements("Key")).isEmpty();
  }

  /** AWS, API_PutBucketTagging: "You must use this header"; github.com/versity/versitygw #1521. */
  @Test
  void a_document_without_any_digest_is_refused() {
    Answer refused = s3.put("/bkt?tagging", tagging(Map.of("a", "b")));
    assertThat(refused.status() + refused.code()).isEqualTo("400InvalidRequest");
    assertThat(refused.text()).contains("Content-MD5 OR x-amz-checksum-*");
    assertThat(s3.send("GET", "/bkt?tagging").code()).isEqualTo("NoSuchTagSet");
  }

  @Test
  void s3_control_answers_errors_in_its_own_form() {
    Answer missing = s3.send("GET", CONTROL + "gone", ACCOUNT);
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.code()).isEqualTo("NoSuchBucket");
    assertThat(missing.text()).contains("<ErrorResponse><Error><Code>");
    assertThat(s3.send("GET", CONTROL + "bkt", "x-amz-account-id", "999999999999").code())
        .isEqualTo("AccessDenied");
    assertThat(s3.send("PUT", CONTROL + "bkt", ACCOUNT).status()).isEqualTo(405);
    for (String other :
        new String[] {
          "/v20180820/configuration/publicAccessBlock",
          "/v20180820/tags/arn%3Aaws%3As3%3Aus-east-1%3A000000000000%3Aaccesspoint%2Fa",
          CONTROL + "bkt%2Fkey"
        }) {
      assertThat(s3.send("GET", other, ACCOUNT).status()).as(other).isEqualTo(501);
    }
    assertThat(s3.post(CONTROL + "bkt", "<TagResourceRequest/>", ACCOUNT).code())
        .isEqualTo("MalformedXML");
  }

  @Test
  void without_the_account_header_it_is_a_bucket_of_that_name() {
    s3.send("PUT", "/v20180820");
    assertThat(s3.put("/v20180820/tags/x", "data").status()).isEqualTo(200);
    assertThat(s3.send("GET", "/v20180820/tags/x").text()).isEqualTo("data");
  }

  @Test
  void tags_of_a_table_bucket_are_left_to_s3_tables() {
    server.stores.metadata.create(
        "tables", Bucket.Kind.TABLE, PolicyCaller.ACCOUNT, Map.of("team", "red"));
    String tags = tagging(Map.of("team", "blue"));
    assertThat(s3.putProtected("/tables?tagging", tags).code()).isEqualTo("InvalidBucketState");
    assertThat(s3.send("GET", "/tables?tagging").code()).isEqualTo("InvalidBucketState");
    assertThat(s3.send("DELETE", "/tables?tagging").code()).isEqualTo("InvalidBucketState");
    assertThat(tagResource("tables", Map.of("team", "blue")).code())
        .isEqualTo("InvalidBucketState");
    assertThat(s3.put("/tables?abac", "<AbacStatus><Status>Enabled</Status></AbacStatus>").code())
        .isEqualTo("InvalidBucketState");
    assertThat(server.stores.metadata.find("tables").orElseThrow().tags().values())
        .isEqualTo(Map.of("team", "red"));
  }
}
