package dev.lakebed.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.Connection;
import dev.lakebed.http.RequestBody;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.kit.DeclaredProtocol;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who opens the address in a browser gets a page; every client of S3 gets what it got before. */
class WelcomePageTest {
  /** What a current Firefox sends. */
  private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9";

  private final Router router = new Router(List.of(new Buckets()), 8181);

  private Optional<Response> answer(String method, String target, Headers.Builder headers) {
    RawTarget raw = RawTarget.parse(target);
    return WelcomePage.answer(
        new Request(
            "0",
            method,
            raw,
            QueryParameters.parse(raw.query()),
            headers.build(),
            new Connection("127.0.0.1", false, 8333),
            Instant.EPOCH,
            RequestBody.EMPTY),
        router);
  }

  private static Headers.Builder accepting(String accept) {
    return Headers.builder().add("host", "localhost:8333").add("accept", accept);
  }

  @Test
  void browser_gets_a_page_without_script_that_no_other_site_may_frame() {
    Response page = answer("GET", "/", accepting(BROWSER)).orElseThrow();
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.headers().first("content-type")).contains("text/html; charset=utf-8");
    assertThat(page.headers().first("content-security-policy"))
        .contains(
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    assertThat(page.headers().first("x-content-type-options")).contains("nosniff");
    assertThat(page.headers().first("vary")).contains("Accept, Authorization");
    assertThat(page.body()).isInstanceOf(ResponseBody.Bytes.class);
    String text = new String(((ResponseBody.Bytes) page.body()).bytes(), StandardCharsets.UTF_8);
    assertThat(text)
        .contains("<title>Lakebed</title>", "AWS_ENDPOINT_URL", "/-/health/ready")
        .doesNotContain("<script", "<style", "AKIA", "localhost");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/,*/*",
    "GET,/,application/xml",
    "HEAD,/,text/html",
    "PUT,/,text/html",
    "POST,/,text/html",
    "GET,/bucket,text/html",
    "GET,/?X-Amz-Signature=0,text/html",
    "GET,/?list-type=2,text/html"
  })
  void everything_else_goes_its_way(String method, String target, String accept) {
    assertThat(answer(method, target, accepting(accept))).isEmpty();
  }

  @Test
  void signed_request_and_host_of_a_bucket_go_their_way() {
    assertThat(answer("GET", "/", Headers.builder())).isEmpty();
    assertThat(answer("GET", "/", accepting(BROWSER).add("authorization", "AWS4-HMAC-SHA256 x")))
        .isEmpty();
    Headers.Builder bucket =
        Headers.builder().add("host", "lake.localhost:8333").add("accept", BROWSER);
    assertThat(answer("GET", "/", bucket)).isEmpty();
  }

  /** Names the root after the host, as S3 does in virtual-host style. */
  private static final class Buckets extends DeclaredProtocol {
    Buckets() {
      super(Kind.S3);
    }

    @Override
    public Optional<String> operation(Request request) {
      boolean bucket = request.headers().first("host").orElse("").startsWith("lake.");
      return Optional.of(bucket ? "ListObjects" : "ListBuckets");
    }
  }
}
