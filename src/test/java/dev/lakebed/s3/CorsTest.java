package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.http.Headers;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestCaller;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.support.Evidence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * CORS rules, questions of browsers and headers of answers: AWS, Using cross-origin resource
 * sharing; what AWS answers is as LocalStack's tests have recorded it ({@code test_s3_cors.py}).
 */
class CorsTest {
  private static final String METHOD = "access-control-request-method";
  private static final String HEADERS = "access-control-request-headers";
  private static final String VARY =
      "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3();

  @BeforeEach
  void bucket() {
    s3.send("PUT", "/bkt");
    s3.put("/bkt/k", "x");
  }

  private Answer rules(String... rules) {
    StringBuilder body = new StringBuilder("<CORSConfiguration>");
    for (String rule : rules) {
      body.append("<CORSRule>").append(rule).append("</CORSRule>");
    }
    return s3.putProtected("/bkt?cors", body.append("</CORSConfiguration>").toString());
  }

  private static String rule(String origin, String methods, String... more) {
    StringBuilder rule = new StringBuilder("<AllowedOrigin>" + origin + "</AllowedOrigin>");
    for (String method : methods.split(",", -1)) {
      rule.append("<AllowedMethod>").append(method).append("</AllowedMethod>");
    }
    for (int i = 0; i < more.length; i += 2) {
      rule.append("<").append(more[i]).append(">").append(more[i + 1]);
      rule.append("</").append(more[i]).append(">");
    }
    return rule.toString();
  }

  /** AWS, API_PutBucketCors: "This header must be used as a message integrity check". */
  @Test
  void a_document_without_any_digest_is_refused() {
    String body =
        "<CORSConfiguration><CORSRule>" + rule("*", "GET") + "</CORSRule></CORSConfiguration>";
    Answer refused = s3.put("/bkt?cors", body);
    assertThat(refused.status() + refused.code()).isEqualTo("400InvalidRequest");
    assertThat(refused.text()).contains("Content-MD5 OR x-amz-checksum-*");
    assertThat(s3.send("GET", "/bkt?cors").code()).isEqualTo("NoSuchCORSConfiguration");
    String crc = ChecksumAlgorithm.CRC32.of(body.getBytes(StandardCharsets.UTF_8)).base64();
    assertThat(s3.put("/bkt?cors", body, "x-amz-checksum-crc32", crc).status()).isEqualTo(200);
  }

  private Answer ask(String target, String origin, String method, String... headers) {
    List<String> all = new ArrayList<>(List.of("origin", origin, METHOD, method));
    all.addAll(List.of(headers));
    return s3.send("OPTIONS", target, all.toArray(String[]::new));
  }

  /** The headers that the edge adds to whatever answer. */
  private Headers shared(String method, String target, String... headers) {
    Headers.Builder shared = Headers.builder();
    s3.send(method, target, headers).headers().all().stream()
        .filter(field -> field.name().matches("access-control-.*|vary"))
        .forEach(field -> shared.add(field.name(), field.value()));
    return shared.build();
  }

  private static Optional<String> origin(Headers headers) {
    return headers.first("access-control-allow-origin");
  }

  @Test
  void rules_are_put_read_and_deleted() {
    assertThat(s3.send("GET", "/bkt?cors").status()).isEqualTo(404);
    assertThat(s3.send("GET", "/bkt?cors").code()).isEqualTo("NoSuchCORSConfiguration");
    String first =
        rule(
            "http://test.com:80",
            "GET,PUT",
            "ID",
            "one",
            "AllowedHeader",
            "x-AMZ-*",
            "ExposeHeader",
            "ETag",
            "MaxAgeSeconds",
            "3000");
    Answer put = rules(first, rule("", "HEAD"));
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.body()).isEmpty();
    Answer get = s3.send("GET", "/bkt?cors");
    assertThat(get.status()).isEqualTo(200);
    assertThat(get.text()).contains("<CORSConfiguration xmlns=");
    assertThat(get.elements("AllowedOrigin")).containsExactly("http://test.com:80", "");
    assertThat(get.elements("AllowedMethod")).containsExactly("GET", "PUT", "HEAD");
    assertThat(get.elements("AllowedHeader")).containsExactly("x-AMZ-*");
    assertThat(get.elements("ExposeHeader")).containsExactly("ETag");
    assertThat(get.elements("MaxAgeSeconds")).containsExactly("3000");
    assertThat(get.elements("ID")).containsExactly("one");
    assertThat(s3.putProtected("/bkt?cors", get.text()).status()).isEqualTo(200);
    assertThat(s3.send("DELETE", "/bkt?cors").status()).isEqualTo(204);
    assertThat(s3.send("DELETE", "/bkt?cors").status()).isEqualTo(204);
    assertThat(s3.send("GET", "/bkt?cors").status()).isEqualTo(404);
  }

  @Test
  void rules_take_rights_of_their_own() {
    s3.as(TestCaller.may(p -> TestCaller.is(p, "s3:PutBucketCORS", "arn:aws:s3:::bkt")));
    assertThat(rules(rule("*", "GET")).status()).isEqualTo(200);
    assertThat(s3.send("GET", "/bkt?cors").status()).isEqualTo(403);
    s3.as(TestCaller.may(p -> TestCaller.is(p, "s3:GetBucketCORS", "arn:aws:s3:::bkt")));
    assertThat(s3.send("GET", "/bkt?cors").status()).isEqualTo(200);
    assertThat(rules(rule("*", "PUT")).status()).isEqualTo(403);
    assertThat(s3.send("DELETE", "/bkt?cors").status()).isEqualTo(403);
    assertThat(s3.send("GET", "/none?cors").code()).isEqualTo("NoSuchBucket");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<AllowedOrigin>*</AllowedOrigin>",
        "<AllowedMethod>GET</AllowedMethod>",
        "<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><Other/>",
        "<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>"
            + "<MaxAgeSeconds>-1</MaxAgeSeconds>",
        "<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>"
            + "<MaxAgeSeconds>1</MaxAgeSeconds><MaxAgeSeconds>1</MaxAgeSeconds>",
        "<AllowedOrigin><b/></AllowedOrigin><AllowedMethod>GET</AllowedMethod>"
      })
  void a_rule_of_another_shape_is_refused(String rule) {
    Answer answer = rules(rule);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("MalformedXML");
    assertThat(s3.send("GET", "/bkt?cors").status()).isEqualTo(404);
  }

  @Test
  void a_bucket_has_one_to_a_hundred_rules() {
    assertThat(rules().code()).isEqualTo("MalformedXML");
    String[] rules = new String[101];
    java.util.Arrays.fill(rules, rule("*", "GET"));
    assertThat(rules(rules).code()).isEqualTo("MalformedXML");
    assertThat(rules(java.util.Arrays.copyOf(rules, 100)).status()).isEqualTo(200);
    assertThat(rules(rule("https://" + "a".repeat(64 * 1024), "GET")).code())
        .isEqualTo("MaxMessageLengthExceeded");
    assertThat(s3.putProtected("/bkt?cors", "<CORSRule/>").code()).isEqualTo("MalformedXML");
    assertThat(s3.putProtected("/bkt?cors", "").code()).isEqualTo("MalformedXML");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AllowedMethod | OPTIONS | Found unsupported HTTP method in CORS config. Unsupported method"
            + " is OPTIONS",
        "AllowedMethod | get | Found unsupported HTTP method in CORS config. Unsupported method is"
            + " get",
        "AllowedOrigin | *example*.com | AllowedOrigin \"*example*.com\" can not have more than one"
            + " wildcard.",
        "AllowedHeader | *a* | AllowedHeader \"*a*\" can not have more than one wildcard.",
        "AllowedHeader | a b | AllowedHeader \"a b\" contains invalid character.",
        "ExposeHeader | * | ExposeHeader \"*\" contains wildcard. We currently do not support"
            + " wildcard for ExposeHeader."
      })
  void a_rule_that_says_what_cannot_be_is_refused(String element, String value, String message) {
    Answer answer = rules(rule("https://x", "GET", element, value));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("InvalidRequest");
    assertThat(answer.element("Message")).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a&#13;&#10;X-Evil: 1", "a&#10;b", "a: b", "a,b", "", "\u00e9"})
  @Evidence("attack-60")
  void no_exposed_name_can_end_a_header_line(String name) {
    assertThat(rules(rule("*", "GET", "ExposeHeader", name)).code()).isEqualTo("InvalidRequest");
    assertThat(rules(rule("*", "GET", "ID", "i".repeat(256))).code()).isEqualTo("InvalidRequest");
  }

  @Test
  void a_question_without_rules_is_refused() {
    Answer answer = ask("/bkt/k", "https://x", "PUT");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("AccessForbidden");
    assertThat(answer.element("Message"))
        .isEqualTo("CORSResponse: CORS is not enabled for this bucket.");
    assertThat(answer.element("Method")).isEqualTo("PUT");
    assertThat(answer.element("ResourceType")).isEqualTo("BUCKET");
    assertThat(s3.send("OPTIONS", "/bkt/k", "origin", "https://x").element("Method"))
        .isEqualTo("OPTIONS");
    Answer missing = ask("/none/k", "https://x", "PUT");
    assertThat(missing.status()).isEqualTo(403);
    assertThat(missing.element("Message")).isEqualTo("CORSResponse: Bucket not found");
    assertThat(ask("/..", "https://x", "PUT").status()).isEqualTo(403);
  }

  @Test
  void a_question_that_asks_nothing_is_a_bad_request() {
    Answer nowhere = s3.send("OPTIONS", "/bkt/k");
    assertThat(nowhere.status()).isEqualTo(400);
    assertThat(nowhere.code()).isEqualTo("BadRequest");
    assertThat(nowhere.element("Message"))
        .isEqualTo("Insufficient information. Origin request header needed.");
    rules(rule("*", "GET"));
    assertThat(s3.send("OPTIONS", "/bkt/k", "origin", "https://x").code()).isEqualTo("BadRequest");
    assertThat(s3.send("OPTIONS", "/bkt/k", METHOD, "GET").code()).isEqualTo("BadRequest");
    assertThat(s3.send("OPTIONS", "/").status()).isEqualTo(405);
  }

  @Test
  void the_first_rule_that_fits_answers() {
    rules(
        rule("https://a.test", "GET,PUT", "AllowedHeader", "*", "MaxAgeSeconds", "3000"),
        rule("https://*.b.test", "GET", "ExposeHeader", "ETag", "ExposeHeader", "x-amz-id-2"),
        rule("*", "HEAD"));
    Answer a = ask("/bkt/k", "https://a.test", "PUT", HEADERS, "X-Amz-Date,content-type");
    assertThat(a.status()).isEqualTo(200);
    assertThat(a.body()).isEmpty();
    assertThat(a.header("access-control-allow-origin")).isEqualTo("https://a.test");
    assertThat(a.header("access-control-allow-credentials")).isEqualTo("true");
    assertThat(a.header("access-control-allow-methods")).isEqualTo("GET, PUT");
    assertThat(a.header("access-control-allow-headers")).isEqualTo("x-amz-date, content-type");
    assertThat(a.header("access-control-max-age")).isEqualTo("3000");
    assertThat(a.header("vary")).isEqualTo(VARY);
    Answer b = ask("/bkt", "https://x.b.test", "GET");
    assertThat(b.header("access-control-allow-origin")).isEqualTo("https://x.b.test");
    assertThat(b.header("access-control-expose-headers")).isEqualTo("ETag, x-amz-id-2");
    assertThat(b.find("access-control-allow-headers")).isEmpty();
    assertThat(b.find("access-control-max-age")).isEmpty();
    Answer any = ask("/bkt/k", "https://a.test", "HEAD");
    assertThat(any.header("access-control-allow-origin")).isEqualTo("*");
    assertThat(any.find("access-control-allow-credentials")).isEmpty();
  }

  @Test
  void a_header_that_no_rule_allows_is_refused() {
    rules(rule("https://a.test", "GET", "AllowedHeader", "x-amz-*", "AllowedHeader", "Range"));
    assertThat(ask("/bkt/k", "https://a.test", "GET", HEADERS, "range, X-Amz-Date").status())
        .isEqualTo(200);
    Answer refused = ask("/bkt/k", "https://a.test", "GET", HEADERS, "range,authorization");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("AccessForbidden");
    assertThat(refused.element("Message")).contains("is not allowed");
    assertThat(refused.element("ResourceType")).isEqualTo("OBJECT");
    assertThat(refused.find("access-control-allow-origin")).isEmpty();
    assertThat(ask("/bkt", "https://b.test", "GET").element("ResourceType")).isEqualTo("BUCKET");
    assertThat(ask("/bkt/k", "https://a.test", "PUT").status()).isEqualTo(403);
    rules(rule("https://a.test", "GET"));
    assertThat(ask("/bkt/k", "https://a.test", "GET", HEADERS, "range").status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "https://good.example, https://good.example, true",
    "https://good.example, https://good.example.evil.com, false",
    "https://good.example, http://good.example, false",
    "https://good.example, https://good.example:8443, false",
    "https://good.example, null, false",
    "https://good.example, HTTPS://GOOD.EXAMPLE, false",
    "https://*.good.example, https://a.good.example, true",
    "https://*.good.example, https://good.example, false",
    "https://*.good.example, https://agood.example, false",
    "https://*.good.example, https://a.good.example.evil.com, false",
    "https://good.*.example, https://good.evil.com, false",
    "https://good.*.example, https://good.x.example, true",
    "start*end, startend, true",
    "start*end, start12end, true",
    "start*end, starend, false",
    "aba*aba, aba, false",
    "null, null, true",
    "null, https://null, false"
  })
  @Evidence("attack-62")
  void an_origin_passes_only_as_configured(String allowed, String origin, boolean passes) {
    rules(rule(allowed, "GET"));
    assertThat(ask("/bkt/k", origin, "GET").status()).isEqualTo(passes ? 200 : 403);
    assertThat(origin(shared("GET", "/bkt/k", "origin", origin)))
        .isEqualTo(passes ? Optional.of(origin) : Optional.empty());
  }

  @Test
  @Evidence("attack-62")
  void everybody_is_told_no_origin_and_never_credentials() {
    rules(rule("*", "GET"));
    for (String origin : List.of("null", "https://evil.com", "https://good.evil.com")) {
      Answer answer = ask("/bkt/k", origin, "GET");
      assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
      assertThat(answer.find("access-control-allow-credentials")).isEmpty();
      Headers shared = shared("GET", "/bkt/k", "origin", origin);
      assertThat(origin(shared)).contains("*");
      assertThat(shared.has("access-control-allow-credentials")).isFalse();
    }
  }

  @Test
  void answers_to_pages_that_may_are_shared_and_others_are_not() {
    rules(
        rule("https://a.test", "GET,PUT", "ExposeHeader", "ETag", "MaxAgeSeconds", "60"),
        rule("*", "HEAD"));
    Headers shared = shared("GET", "/bkt/none", "origin", "https://a.test");
    assertThat(origin(shared)).contains("https://a.test");
    assertThat(shared.first("access-control-allow-credentials")).contains("true");
    assertThat(shared.first("access-control-allow-methods")).contains("GET, PUT");
    assertThat(shared.first("access-control-expose-headers")).contains("ETag");
    assertThat(shared.first("access-control-max-age")).contains("60");
    assertThat(shared.first("vary")).contains(VARY);
    assertThat(origin(shared("HEAD", "/bkt/k", "origin", "https://b.test"))).contains("*");
    Headers other = shared("GET", "/bkt/k", "origin", "https://b.test");
    assertThat(origin(other)).isEmpty();
    assertThat(other.first("vary")).contains(VARY);
    assertThat(shared("GET", "/bkt/k").all()).isEmpty();
    assertThat(shared("GET", "/none/k", "origin", "https://a.test").all()).isEmpty();
    assertThat(shared("GET", "/", "origin", "https://a.test").all()).isEmpty();
    assertThat(shared("GET", "/bkt/%ff", "origin", "https://a.test").all()).isEmpty();
    assertThat(origin(shared("GET", "/k", "host", "bkt.s3.test", "origin", "https://a.test")))
        .contains("https://a.test");
  }

  @Test
  void a_question_is_answered_whatever_the_url_asks_for() {
    rules(rule("https://a.test", "PUT"));
    for (String query :
        List.of("?uploads", "?uploadId=x&partNumber=1", "?acl&policy", "?partNumber=1", "?cors")) {
      assertThat(ask("/bkt/k" + query, "https://a.test", "PUT").status()).as(query).isEqualTo(200);
    }
  }

  @Test
  void a_question_about_too_many_headers_is_refused() {
    rules(rule("https://a.test", "GET", "AllowedHeader", "*"));
    StringBuilder names = new StringBuilder("h0");
    for (int i = 1; i < 100; i++) {
      names.append(",h").append(i);
    }
    assertThat(ask("/bkt/k", "https://a.test", "GET", HEADERS, names.toString()).status())
        .isEqualTo(200);
    assertThat(ask("/bkt/k", "https://a.test", "GET", HEADERS, names + ",h100").status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.test\r\nX-Evil: 1",
        "https://a test",
        "\u00e9",
        "",
        "https://a.test/",
        "https://evil.com/.a.test",
        "https://evil.com?.a.test",
        "https://evil.com#.a.test",
        "https://evil.com\\\\.a.test",
        "https://a.test@evil.com"
      })
  @Evidence("attack-60")
  void an_origin_that_can_be_none_is_never_reflected(String origin) {
    rules(rule("http*", "GET"), rule("*", "GET"), rule("https://*.a.test", "GET"));
    assertThat(ask("/bkt/k", origin, "GET").status()).isEqualTo(400);
    assertThat(origin(shared("GET", "/bkt/k", "origin", origin))).isEmpty();
  }
}
