package dev.lakebed.auth.sigv4;

import static dev.lakebed.auth.sigv4.RefusalAssert.refused;
import static dev.lakebed.auth.sigv4.RefusalAssert.spoiled;
import static dev.lakebed.auth.sigv4.TestRequests.KEY;
import static dev.lakebed.auth.sigv4.TestRequests.SECRET;
import static dev.lakebed.auth.sigv4.TestRequests.at;
import static dev.lakebed.auth.sigv4.TestRequests.authenticator;
import static dev.lakebed.auth.sigv4.TestRequests.headers;
import static dev.lakebed.auth.sigv4.TestRequests.knows;
import static dev.lakebed.auth.sigv4.TestRequests.knowsSession;
import static dev.lakebed.auth.sigv4.TestRequests.plus;
import static dev.lakebed.auth.sigv4.TestRequests.request;
import static dev.lakebed.auth.sigv4.TestRequests.retargeted;
import static dev.lakebed.auth.sigv4.TestRequests.target;
import static dev.lakebed.auth.sigv4.TestRequests.with;
import static dev.lakebed.auth.sigv4.TestRequests.withBytes;
import static dev.lakebed.auth.sigv4.TestRequests.withMethod;
import static dev.lakebed.auth.sigv4.TestRequests.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.Authenticated.SignatureVersion;
import dev.lakebed.auth.Authenticated.SignedScope;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.payload.PayloadException;
import dev.lakebed.auth.payload.Sha256;
import dev.lakebed.http.Request;
import dev.lakebed.http.VirtualHosts;
import dev.lakebed.s3.rest.Addressing;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Signature Version 2 in header and query. Of what it does not cover nothing may be added by
 * whoever holds the request.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html">AWS,
 *     Signing and authenticating REST requests</a>
 */
class LegacySignatureTest {
  private static final String DATE = "Fri, 02 Jan 2026 03:04:05 GMT";

  /** Ten minutes after the time of the tests. */
  private static final String EXPIRES = "1767323645";

  private static Request header(String method, String target, String resource) {
    return request(
        method,
        target,
        headers(
            "Host",
            "store.local:9000",
            "Date",
            DATE,
            "Authorization",
            LegacySigner.authorization(method, "", "", DATE, resource)),
        new byte[0]);
  }

  private static Request presigned(String method, String path, String expires) {
    String query = LegacySigner.query(expires, method, "", "", expires, path);
    return request(method, path + "?" + query, headers("Host", "store.local"), new byte[0]);
  }

  private static Request get() {
    return presigned("GET", "/b/k", EXPIRES);
  }

  private static Request put() {
    return header("PUT", "/b/k", "/b/k");
  }

  private static Authenticated authenticate(Request request) throws IOException {
    return authenticator().authenticate(request, "s3");
  }

  @Test
  @Evidence("rule-25")
  void a_presigned_url_and_a_signed_header_are_accepted() throws IOException {
    Authenticated url = authenticate(get());
    assertThat(url.authType()).isEqualTo(AuthType.QUERY);
    assertThat(url.accessKeyId()).contains(KEY);
    assertThat(url.signedAt()).isEmpty();
    assertThat(url.scope().map(SignedScope::version)).contains(SignatureVersion.V2);
    Authenticated header = authenticate(put());
    assertThat(header.authType()).isEqualTo(AuthType.HEADER);
    assertThat(header.signedAt()).contains(TestRequests.NOW);
  }

  @Test
  void a_bucket_may_be_signed_with_a_slash_behind_it() throws IOException {
    authenticate(header("GET", "/b?list-type=2&prefix=p", "/b/"));
    authenticate(header("GET", "/b", "/b"));
  }

  /** What botocore sends with list_buckets and signature_version='s3'; it signs none of it. */
  @Test
  void a_signed_header_may_say_which_buckets_to_list() throws IOException {
    authenticate(
        header(
            "GET", "/?max-buckets=2&prefix=p&continuation-token=t&bucket-region=us-east-1", "/"));
  }

  @Test
  @Evidence("rule-25")
  void where_it_is_switched_off_the_refusal_says_what_to_set() {
    SignatureSettings off =
        new SignatureSettings(
            Optional.empty(), List.of(), peer -> false, 1024, false, false, VirtualHosts.NONE);
    for (Request request : List.of(get(), put())) {
      refused(
              Reason.UNSUPPORTED_AUTHENTICATION,
              () -> authenticator(off).authenticate(request, "s3"))
          .withMessageContaining("s3v4")
          .withMessageContaining("LAKEBED_SIGV2=true");
    }
  }

  @Test
  void no_service_but_s3_accepts_it() {
    for (String service : List.of("sts", "iam", "s3tables")) {
      refused(
          Reason.UNSUPPORTED_AUTHENTICATION, () -> authenticator().authenticate(get(), service));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Signature", "Expires", "AWSAccessKeyId"})
  @Evidence("attack-9")
  void a_parameter_of_the_signature_may_not_be_missing_or_repeated(String name) {
    Request missing = retargeted(get(), target(get()).replaceFirst(name + "=[^&]*&?", ""));
    refused(Reason.MISSING_AUTHENTICATION, () -> authenticate(missing));
    refused(
        Reason.MALFORMED_QUERY,
        () -> authenticate(retargeted(get(), target(get()) + "&" + name + "=1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "Date", "x-amz-date", "Content-MD5"})
  @Evidence("attack-9")
  void a_repeated_header_is_refused(String name) {
    Request once = name.equals("Content-MD5") ? plus(put(), name, "a") : put();
    Request first = name.equals("x-amz-date") ? plus(once, name, DATE) : once;
    refused(Reason.MALFORMED_HEADER, () -> authenticate(plus(first, name, DATE)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x-amz-acl", "x-amz-copy-source", "x-amz-tagging", "x-amz-security-token"})
  @Evidence("attack-10")
  void an_amz_header_that_was_not_signed_is_refused(String name) {
    refused(Reason.SIGNATURE_MISMATCH, () -> authenticate(plus(put(), name, "v")));
    refused(Reason.SIGNATURE_MISMATCH, () -> authenticate(plus(get(), name, "v")));
    refused(
        Reason.SIGNATURE_MISMATCH,
        () -> authenticate(retargeted(get(), target(get()) + "&" + name + "=v")));
    refused(
        Reason.UNSIGNED_HEADER,
        () -> authenticate(retargeted(put(), target(put()) + "?" + name + "=v")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "+1767323645", "-1", "soon", "\u0661\u0667", "99999999999999999999", "1e9"})
  @Evidence("attack-11")
  void an_expiry_that_is_no_number_is_refused(String expires) {
    refused(Reason.MISSING_AUTHENTICATION, () -> authenticate(presigned("GET", "/b/k", expires)));
  }

  @ParameterizedTest
  @CsvSource({
    "1767323045, REQUEST_EXPIRED",
    "0, REQUEST_EXPIRED",
    "1767323046, ",
    "1767927845, ",
    "1767928745, ",
    "1767928746, MALFORMED_QUERY",
    "999999999999999999, MALFORMED_QUERY"
  })
  @Evidence("attack-11")
  void a_url_lives_for_seven_days_at_most(String expires, Reason reason) throws IOException {
    Request request = presigned("GET", "/b/k", expires);
    if (reason == null) {
      assertThat(authenticate(request).authType()).isEqualTo(AuthType.QUERY);
    } else {
      refused(reason, () -> authenticate(request));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "HEAD"})
  @Evidence("attack-12")
  void another_method_is_refused(String method) {
    refused(Reason.SIGNATURE_MISMATCH, () -> authenticate(withMethod(get(), method)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "versionId=1",
        "uploadId=x&partNumber=1",
        "response-content-type=text%2Fhtml",
        "acl",
        "tagging",
        "delete"
      })
  @Evidence("attack-12")
  void a_sub_resource_that_was_not_signed_is_refused(String extra) {
    refused(
        Reason.SIGNATURE_MISMATCH,
        () -> authenticate(retargeted(get(), target(get()) + "&" + extra)));
    refused(
        Reason.SIGNATURE_MISMATCH,
        () -> authenticate(retargeted(put(), target(put()) + "?" + extra)));
  }

  /** Version 2 was made before these; nothing in the string to sign stands for them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "attributes",
        "retention",
        "legal-hold",
        "encryption",
        "renameObject",
        "VersionId"
      })
  @Evidence("attack-12")
  void a_sub_resource_that_version_2_does_not_know_is_refused(String extra) {
    refused(
        Reason.UNSIGNED_HEADER, () -> authenticate(retargeted(get(), target(get()) + "&" + extra)));
    refused(
        Reason.UNSIGNED_HEADER, () -> authenticate(retargeted(put(), target(put()) + "?" + extra)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefix=secret/", "list-type=2", "max-keys=1", "marker=a"})
  @Evidence("attack-12")
  void whoever_holds_a_presigned_listing_cannot_turn_it_elsewhere(String extra) {
    Request listing = presigned("GET", "/b", EXPIRES);
    refused(
        Reason.UNSIGNED_HEADER,
        () -> authenticate(retargeted(listing, target(listing) + "&" + extra)));
  }

  @Test
  @Evidence("attack-12")
  void a_repeated_sub_resource_is_signed_as_often_as_it_comes() {
    Request once = header("GET", "/b/k?versionId=a", "/b/k?versionId=a");
    refused(
        Reason.SIGNATURE_MISMATCH,
        () -> authenticate(retargeted(once, "/b/k?versionId=b&versionId=a")));
  }

  @Test
  void response_headers_are_signed_decoded() throws IOException {
    String resource = "/b/k?response-content-disposition=attachment; filename=\"\u00e9\"";
    String query =
        "?response-content-disposition=attachment%3B%20filename%3D%22%C3%A9%22&"
            + LegacySigner.query(EXPIRES, "GET", "", "", EXPIRES, resource);
    authenticate(request("GET", "/b/k" + query, headers("Host", "h"), new byte[0]));
  }

  @Test
  @Evidence("attack-12")
  void another_key_is_refused() {
    refused(
        Reason.SIGNATURE_MISMATCH,
        () -> authenticate(retargeted(get(), target(get()).replace("/b/k", "/b/l"))));
  }

  @Test
  @Evidence("attack-13")
  void two_signatures_are_refused() {
    String version4 =
        target(SdkSigner.query().sign("GET", "/b/k", Map.of(), Map.of(), new byte[0]));
    String parameters = version4.substring(version4.indexOf('?') + 1);
    refused(
        Reason.SEVERAL_SIGNATURES,
        () -> authenticate(retargeted(get(), target(get()) + "&" + parameters)));
    refused(
        Reason.SEVERAL_SIGNATURES,
        () -> authenticate(retargeted(put(), target(put()) + "?" + parameters)));
    refused(
        Reason.SEVERAL_SIGNATURES,
        () ->
            authenticate(
                plus(
                    get(), "Authorization", put().headers().first("authorization").orElseThrow())));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:20:05Z, TIME_SKEWED",
    "2026-01-02T02:48:05Z, TIME_SKEWED",
    "2026-01-02T03:18:05Z, ",
    "2026-01-02T02:50:05Z, "
  })
  @Evidence("attack-16")
  void a_date_too_far_away_is_refused(String now, Reason reason) throws IOException {
    Authenticator then = new Authenticator(knows(KEY, SECRET), at(now), SignatureSettings.DEFAULT);
    if (reason == null) {
      assertThat(then.authenticate(put(), "s3").authType()).isEqualTo(AuthType.HEADER);
    } else {
      refused(reason, () -> then.authenticate(put(), "s3"));
    }
  }

  @Test
  @Evidence("attack-16")
  void the_date_that_is_signed_is_the_date_that_counts() throws IOException {
    String old = "Fri, 02 Jan 2026 01:04:05 GMT";
    refused(Reason.SIGNATURE_MISMATCH, () -> authenticate(plus(put(), "x-amz-date", DATE)));
    Request both =
        with(
            with(plus(put(), "x-amz-date", DATE), "date", old),
            "authorization",
            LegacySigner.authorization("PUT", "", "", "", "x-amz-date:" + DATE, "/b/k"));
    authenticate(both);
    refused(Reason.TIME_SKEWED, () -> authenticate(with(both, "x-amz-date", old)));
    refused(Reason.MISSING_AUTHENTICATION, () -> authenticate(without(put(), "date")));
    refused(Reason.MISSING_AUTHENTICATION, () -> authenticate(with(put(), "date", "today")));
  }

  @ParameterizedTest
  @CsvSource({"/b/a%2Fc, /b/a/c", "/b/%7Ec, /b/~c", "/b/a%2bc, /b/a%2Bc"})
  @Evidence("attack-17")
  void every_form_that_is_accepted_names_the_same_object(String sent, String signed)
      throws IOException {
    Addressing addressing = new Addressing(List.of());
    Request request = authenticate(header("GET", sent, signed)).request();
    Request plain = authenticate(header("GET", signed, signed)).request();
    assertThat(addressing.parse(request).key()).isEqualTo(addressing.parse(plain).key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/b//k", "/b/./k", "/b/k%20", "/b/K", "/B/k"})
  @Evidence("attack-17")
  void another_path_is_refused(String path) {
    refused(Reason.SIGNATURE_MISMATCH, () -> authenticate(header("GET", path, "/b/k")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS A", "AWS :s", "AWS A:", "AWS A:s t", "AWS", "AWS  A:s"})
  @Evidence("attack-19")
  void an_unreadable_header_is_not_anonymous(String authorization) {
    refused(
        Reason.INVALID_AUTHORIZATION,
        () -> authenticate(with(put(), "authorization", authorization)));
  }

  @Test
  @Evidence("attack-20")
  void the_token_of_a_temporary_key_is_signed() throws IOException {
    Authenticator sessions =
        new Authenticator(
            knowsSession(KEY, SECRET, "tok/+="),
            at("2026-01-02T03:04:05Z"),
            SignatureSettings.DEFAULT);
    String line = "x-amz-security-token:tok/+=";
    Request header =
        plus(
            with(
                put(),
                "authorization",
                LegacySigner.authorization("PUT", "", "", DATE, line, "/b/k")),
            "x-amz-security-token",
            "tok/+=");
    assertThat(sessions.authenticate(header, "s3").accessKeyId()).contains(KEY);
    String query = LegacySigner.query(EXPIRES, "GET", "", "", EXPIRES, line, "/b/k");
    String url = "/b/k?x-amz-security-token=tok%2F%2B%3D&" + query;
    Request presigned = request("GET", url, headers("Host", "h"), new byte[0]);
    assertThat(sessions.authenticate(presigned, "s3").accessKeyId()).contains(KEY);
    refused(Reason.MISSING_SESSION_TOKEN, () -> sessions.authenticate(get(), "s3"));
    refused(
        Reason.SIGNATURE_MISMATCH,
        () -> sessions.authenticate(plus(get(), "x-amz-security-token", "tok/+="), "s3"));
    refused(
        Reason.MALFORMED_QUERY,
        () -> sessions.authenticate(plus(presigned, "x-amz-security-token", "other"), "s3"));
  }

  @Test
  void headers_that_were_signed_into_the_query_count_as_headers() throws IOException {
    String query =
        LegacySigner.query(
            EXPIRES,
            "PUT",
            "1B2M2Y8AsgTpgAmY7PhCfg==",
            "text/plain",
            EXPIRES,
            "x-amz-acl:private",
            "/b/k");
    String url =
        "/b/k?x-amz-acl=private&content-type=text%2Fplain"
            + "&content-md5=1B2M2Y8AsgTpgAmY7PhCfg%3D%3D&"
            + query;
    Request request =
        authenticate(request("PUT", url, headers("Host", "h"), new byte[0])).request();
    assertThat(request.headers().all("x-amz-acl")).containsExactly("private");
    assertThat(request.headers().all("content-type")).containsExactly("text/plain");
    assertThat(request.headers().all("content-md5")).containsExactly("1B2M2Y8AsgTpgAmY7PhCfg==");
    Request other =
        request("PUT", url, headers("Host", "h", "content-type", "text/html"), new byte[0]);
    refused(Reason.MALFORMED_QUERY, () -> authenticate(other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x-amz-meta-a=1%0Ax", "x-amz-meta-a%0A=1", "x-amz-meta-a=%00", "content-type=%0D"})
  @Evidence("attack-60")
  void what_cannot_be_a_header_does_not_become_one(String parameter) {
    refused(
        Reason.MALFORMED_QUERY,
        () -> authenticate(retargeted(get(), target(get()) + "&" + parameter)));
  }

  @Test
  void a_content_type_that_was_not_signed_is_refused() {
    refused(
        Reason.SIGNATURE_MISMATCH, () -> authenticate(plus(put(), "content-type", "text/html")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        "nothing"
      })
  @Evidence("attack-1")
  void a_body_in_chunks_is_refused(String form) {
    Request chunked =
        plus(
            with(
                put(),
                "authorization",
                LegacySigner.authorization(
                    "PUT", "", "", DATE, "x-amz-content-sha256:" + form, "/b/k")),
            "x-amz-content-sha256",
            form);
    refused(Reason.INVALID_CONTENT_SHA256, () -> authenticate(chunked));
  }

  @Test
  void a_hash_of_the_body_is_signed_and_compared() throws IOException {
    Request hashed =
        plus(
            with(
                put(),
                "authorization",
                LegacySigner.authorization(
                    "PUT", "", "", DATE, "x-amz-content-sha256:" + Sha256.EMPTY, "/b/k")),
            "x-amz-content-sha256",
            Sha256.EMPTY);
    Request changed = authenticate(withBytes(hashed, TestRequests.bytes("other"))).request();
    spoiled(PayloadException.Reason.SHA256_MISMATCH, () -> changed.body().open().readAllBytes());
  }

  @Test
  void the_bucket_that_was_signed_is_the_bucket_of_the_request() throws IOException {
    List<String> domains = List.of("localhost", "store.local");
    SignatureSettings external =
        new SignatureSettings(
            Optional.empty(),
            List.of("store.local:9000"),
            peer -> false,
            1024,
            false,
            true,
            new VirtualHosts(domains));
    Request elsewhere = with(put(), "host", "other.localhost");
    Request routed = authenticator(external).authenticate(elsewhere, "s3").request();
    assertThat(new Addressing(domains).parse(routed).bucket()).isEqualTo("b");
    SignatureSettings direct =
        new SignatureSettings(
            Optional.empty(),
            List.of(),
            peer -> false,
            1024,
            false,
            true,
            new VirtualHosts(domains));
    refused(Reason.SIGNATURE_MISMATCH, () -> authenticator(direct).authenticate(elsewhere, "s3"));
    Request hosted = with(header("PUT", "/k", "/b/k"), "host", "b.localhost:8333");
    Request same = authenticator(direct).authenticate(hosted, "s3").request();
    assertThat(new Addressing(domains).parse(same).bucket()).isEqualTo("b");
    assertThat(new Addressing(domains).parse(same).key()).isEqualTo("k");
  }
}
