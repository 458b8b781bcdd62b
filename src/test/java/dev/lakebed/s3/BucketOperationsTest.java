package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.http.Headers;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestCaller;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.ops.Setting;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.support.Evidence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations on buckets, their limits and their rights. */
@Evidence({"contract-4.1", "contract-4.13", "contract-4.14", "contract-5.5"})
class BucketOperationsTest {
  private static final String HERE =
      "<CreateBucketConfiguration><LocationConstraint>%s</LocationConstraint>"
          + "</CreateBucketConfiguration>";

  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3();

  @Test
  void a_bucket_is_created_listed_found_and_deleted() {
    Answer created = s3.send("PUT", "/bkt");
    assertThat(created.status()).isEqualTo(200);
    assertThat(created.header("location")).isEqualTo("/bkt");
    Answer head = s3.send("HEAD", "/bkt");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("x-amz-bucket-region")).isEqualTo("us-east-1");
    Answer list = s3.send("GET", "/");
    assertThat(list.elements("Name")).containsExactly("bkt");
    assertThat(list.element("BucketRegion")).isEqualTo("us-east-1");
    assertThat(list.element("BucketArn")).isEqualTo("arn:aws:s3:::bkt");
    assertThat(s3.send("DELETE", "/bkt").status()).isEqualTo(204);
    assertThat(s3.send("HEAD", "/bkt").status()).isEqualTo(404);
  }

  @Test
  void a_second_create_is_granted_in_the_oldest_region_and_changes_nothing() {
    s3.send("PUT", "/bkt");
    s3.put("/bkt/kept", "x");
    Answer again = s3.send("PUT", "/bkt");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("location")).isEqualTo("/bkt");
    assertThat(s3.send("GET", "/bkt/kept").text()).isEqualTo("x");
  }

  @Test
  void a_second_create_in_another_region_says_that_you_own_it() {
    TestClient elsewhere = TestServer.with().setting(Setting.REGION, "eu-west-1").start().s3();
    elsewhere.send("PUT", "/bkt");
    Answer again = elsewhere.send("PUT", "/bkt");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("BucketAlreadyOwnedByYou");
  }

  @Test
  void a_name_of_another_account_or_of_a_table_bucket_is_taken() {
    server.stores.metadata.create("other", Bucket.Kind.GENERAL, "111111111111");
    server.stores.metadata.create("tables", Bucket.Kind.TABLE, "000000000000");
    assertThat(s3.send("PUT", "/other").code()).isEqualTo("BucketAlreadyExists");
    assertThat(s3.send("PUT", "/tables").code()).isEqualTo("BucketAlreadyExists");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab",
        "Upper",
        "a..b",
        "-ab",
        "ab-",
        "192.168.1.1",
        "under_score",
        "xn--abc",
        "abc--x-s3",
        "abc--table-s3",
        "sthree-x",
        "abc-s3alias",
        "a%2Fb",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void a_name_against_the_rules_is_refused(String name) {
    Answer answer = s3.send("PUT", "/" + name);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("InvalidBucketName");
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-1, us-east-1, InvalidLocationConstraint",
    "us-east-1, eu-west-1, IllegalLocationConstraintException",
    "local-01, eu-west-1, IllegalLocationConstraintException",
    "local-01, us-east-1, InvalidLocationConstraint"
  })
  void a_wrong_location_constraint_is_refused(String region, String constraint, String code) {
    Answer answer =
        TestServer.with()
            .setting(Setting.REGION, region)
            .start()
            .s3()
            .put("/bkt", HERE.formatted(constraint));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void a_constraint_that_names_the_region_here_or_the_one_signed_for_is_taken() {
    TestClient local = TestServer.with().setting(Setting.REGION, "local-01").start().s3();
    assertThat(local.put("/bkt", HERE.formatted("local-01")).status()).isEqualTo(200);
    assertThat(local.send("GET", "/bkt?location").element("LocationConstraint")).isEmpty();
    assertThat(local.send("GET", "/bkt?location").text())
        .contains(">local-01</LocationConstraint>");
    Answer other = local.in("moon-1").put("/other", HERE.formatted("moon-1"));
    assertThat(other.status()).isEqualTo(200);
  }

  @Test
  void the_default_region_has_an_empty_location() {
    s3.send("PUT", "/bkt");
    Answer answer = s3.send("GET", "/bkt?location");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .endsWith(
            "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                + "</LocationConstraint>");
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-bucket-object-lock-enabled, true, 501, NotImplemented",
    "x-amz-object-ownership, ObjectWriter, 501, NotImplemented",
    "x-amz-acl, public-read, 400, InvalidBucketAclWithObjectOwnership",
    "x-amz-grant-read, id=1, 400, InvalidBucketAclWithObjectOwnership"
  })
  void what_a_bucket_cannot_be_is_refused(String header, String value, int status, String code) {
    Answer answer = s3.send("PUT", "/bkt", header, value);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(s3.send("HEAD", "/bkt").status()).isEqualTo(404);
  }

  @Test
  void a_bucket_that_holds_something_is_not_deleted() {
    s3.send("PUT", "/bkt");
    s3.put("/bkt/k", "x");
    Answer answer = s3.send("DELETE", "/bkt");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("BucketNotEmpty");
  }

  @Test
  void a_table_bucket_takes_objects_and_is_deleted_by_its_own_api() {
    server.stores.metadata.create("tables", Bucket.Kind.TABLE, "000000000000");
    assertThat(s3.put("/tables/ns/t/data/f", "x").status()).isEqualTo(200);
    Answer answer = s3.send("DELETE", "/tables");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("InvalidBucketState");
    assertThat(s3.send("GET", "/").elements("Name")).isEmpty();
  }

  @Test
  void listing_pages_through_the_buckets_of_the_account() {
    for (String name : List.of("aaa", "bbb", "ccc")) {
      s3.send("PUT", "/" + name);
    }
    server.stores.metadata.create("abc", Bucket.Kind.GENERAL, "111111111111");
    Answer first = s3.send("GET", "/?max-buckets=2");
    assertThat(first.elements("Name")).containsExactly("aaa", "bbb");
    Answer second =
        s3.send("GET", "/?max-buckets=2&continuation-token=" + first.element("ContinuationToken"));
    assertThat(second.elements("Name")).containsExactly("ccc");
    assertThat(second.element("ContinuationToken")).isEmpty();
    assertThat(s3.send("GET", "/?prefix=b").elements("Name")).containsExactly("bbb");
    assertThat(s3.send("GET", "/?bucket-region=eu-west-1").elements("Name")).isEmpty();
    assertThat(s3.send("GET", "/?max-buckets=0").code()).isEqualTo("InvalidArgument");
    assertThat(s3.send("GET", "/?continuation-token=zz").code()).isEqualTo("InvalidArgument");
  }

  @Test
  void bucket_operations_ask_for_their_own_action_on_the_bucket() {
    s3.send("PUT", "/bkt");
    TestCaller lister = TestCaller.may(p -> TestCaller.is(p, "s3:ListBucket", "arn:aws:s3:::bkt"));
    s3.as(lister);
    assertThat(s3.send("HEAD", "/bkt").status()).isEqualTo(200);
    assertThat(s3.send("GET", "/bkt").status()).isEqualTo(200);
    for (String target : List.of("/bkt?location", "/bkt?versions", "/bkt?uploads", "/bkt?acl")) {
      assertThat(s3.send("GET", target).code()).as(target).isEqualTo("AccessDenied");
    }
    assertThat(s3.send("DELETE", "/bkt").status()).isEqualTo(403);
    assertThat(s3.send("PUT", "/new").status()).isEqualTo(403);
    assertThat(s3.send("GET", "/").status()).isEqualTo(403);
  }

  @Test
  void the_expected_owner_must_be_the_owner() {
    s3.send("PUT", "/bkt");
    String header = "x-amz-expected-bucket-owner";
    assertThat(s3.send("HEAD", "/bkt", header, "000000000000").status()).isEqualTo(200);
    assertThat(s3.send("HEAD", "/bkt", header, "111111111111").status()).isEqualTo(403);
    assertThat(s3.send("GET", "/bkt/k", header, "111111111111").code()).isEqualTo("AccessDenied");
    s3.put("/bkt/k", "x");
    String source = "x-amz-source-expected-bucket-owner";
    assertThat(
            s3.send("PUT", "/bkt/n", "x-amz-copy-source", "bkt/k", source, "111111111111").code())
        .isEqualTo("AccessDenied");
    assertThat(
            s3.send("PUT", "/bkt/n", "x-amz-copy-source", "bkt/k", source, "000000000000").status())
        .isEqualTo(200);
  }

  /** Whoever lacks the right gets the same answer with the owner's number as with another. */
  @Test
  void the_expected_owner_tells_nobody_who_the_owner_is() {
    s3.send("PUT", "/bkt");
    s3.put("/bkt/k", "x");
    s3.as(TestCaller.anonymous(p -> false));
    String delete = "<Delete><Object><Key>k</Key></Object></Delete>";
    String md5 = ChecksumAlgorithm.MD5.of(delete.getBytes(StandardCharsets.UTF_8)).base64();
    List<Function<String, Answer>> requests =
        List.of(
            owner -> s3.send("GET", "/bkt/k", "x-amz-expected-bucket-owner", owner),
            owner -> s3.send("GET", "/bkt", "x-amz-expected-bucket-owner", owner),
            owner -> s3.put("/bkt/n", "x", "x-amz-expected-bucket-owner", owner),
            owner ->
                s3.put(
                    "/bkt/k?tagging",
                    "<Tagging><TagSet/></Tagging>",
                    "x-amz-expected-bucket-owner",
                    owner),
            owner ->
                s3.post(
                    "/bkt?delete",
                    delete,
                    "content-md5",
                    md5,
                    "x-amz-expected-bucket-owner",
                    owner),
            owner ->
                s3.send(
                    "PUT",
                    "/bkt/n",
                    "x-amz-copy-source",
                    "bkt/k",
                    "x-amz-source-expected-bucket-owner",
                    owner));
    for (Function<String, Answer> request : requests) {
      Answer right = request.apply("000000000000");
      Answer wrong = request.apply("111111111111");
      assertThat(wrong.status()).isEqualTo(right.status());
      assertThat(wrong.code()).isEqualTo("AccessDenied");
      assertThat(withoutDecision(wrong)).isEqualTo(withoutDecision(right));
      assertThat(names(wrong)).isEqualTo(names(right));
    }
  }

  private static String withoutDecision(Answer answer) {
    return answer.element("Message").replaceFirst(" [(]decision [0-9A-F]{16}[)]$", "");
  }

  private static List<String> names(Answer answer) {
    return answer.headers().all().stream().map(Headers.Header::name).toList();
  }

  @ParameterizedTest
  @CsvSource({"privatee, InvalidArgument", "public-read, InvalidBucketAclWithObjectOwnership"})
  void a_new_bucket_takes_no_other_acl(String acl, String code) {
    assertThat(s3.send("PUT", "/new", "x-amz-acl", acl).code()).isEqualTo(code);
  }

  @Test
  void errors_on_a_bucket_name_its_region_and_head_has_no_body() {
    s3.send("PUT", "/bkt");
    s3.as(TestCaller.may(p -> false));
    Answer head = s3.send("HEAD", "/bkt");
    assertThat(head.status()).isEqualTo(403);
    assertThat(head.header("x-amz-bucket-region")).isEqualTo("us-east-1");
    assertThat(head.body()).isEmpty();
    Answer get = s3.send("GET", "/bkt/k?x=1");
    assertThat(get.element("Resource")).isEqualTo("/bkt/k");
    assertThat(get.element("RequestId")).isEqualTo("0123456789ABCDEF");
    assertThat(get.element("HostId")).isEqualTo("lakebed");
    assertThat(get.element("Message")).contains("s3:GetObject").contains("arn:aws:s3:::bkt/k");
    assertThat(get.text()).startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>");
  }
}
