package dev.lakebed.auth.sigv4;

import static dev.lakebed.auth.sigv4.TestRequests.authenticator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.payload.PayloadException;
import dev.lakebed.http.Headers;
import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.Request;
import dev.lakebed.http.RequestBody;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;

/**
 * What the AWS SDK for Java signs verifies, and what was changed afterwards does not. The SDK is
 * the independent second implementation here.
 */
class SdkSignedRequestTest {
  @Property(tries = 300)
  @Evidence("rule-15")
  void a_header_signed_s3_request_verifies_and_any_change_is_refused(
      @ForAll("keys") String key,
      @ForAll("queries") Map<String, List<String>> query,
      @ForAll("metadata") Map<String, List<String>> headers,
      @ForAll @Size(max = 600) byte[] body,
      @ForAll @IntRange(min = 0, max = 5) int change)
      throws IOException {
    Request request =
        SdkSigner.header("s3")
            .sign("PUT", "/bucket/" + PercentEncoding.encodePath(key), query, headers, body);
    Authenticated authenticated = authenticator().authenticate(request, "s3");
    assertThat(authenticated.authType()).isEqualTo(AuthType.HEADER);
    assertThat(authenticated.request().body().open().readAllBytes()).isEqualTo(body);
    assertRefused(changed(request, change), "s3");
  }

  @Property(tries = 200)
  void a_presigned_request_verifies_and_any_change_is_refused(
      @ForAll("keys") String key,
      @ForAll("queries") Map<String, List<String>> query,
      @ForAll boolean session,
      @ForAll @IntRange(min = 0, max = 3) int change)
      throws IOException {
    SdkSigner signer = session ? SdkSigner.query().withToken("to+ken/=") : SdkSigner.query();
    Request request =
        signer.sign(
            "GET", "/bucket/" + PercentEncoding.encodePath(key), query, Map.of(), new byte[0]);
    assertThat(authenticator().authenticate(request, "s3").authType()).isEqualTo(AuthType.QUERY);
    assertRefused(changed(request, change), "s3");
  }

  @Property(tries = 200)
  void a_request_to_another_service_verifies_and_any_change_is_refused(
      @ForAll("segments") List<String> segments,
      @ForAll("queries") Map<String, List<String>> query,
      @ForAll @Size(max = 300) byte[] body,
      @ForAll @IntRange(min = 0, max = 5) int change)
      throws IOException {
    StringBuilder path = new StringBuilder("/buckets");
    segments.forEach(segment -> path.append('/').append(PercentEncoding.encode(segment)));
    Request request =
        SdkSigner.header("s3tables").sign("PUT", path.toString(), query, Map.of(), body);
    Authenticated authenticated = authenticator().authenticate(request, "s3tables");
    assertThat(authenticated.request().body().open().readAllBytes()).isEqualTo(body);
    assertRefused(changed(request, change), "s3tables");
  }

  @Property(tries = 60)
  void a_streamed_body_verifies_in_every_form_and_any_flipped_byte_is_refused(
      @ForAll @IntRange(min = 0, max = 300_000) int size,
      @ForAll boolean signed,
      @ForAll boolean trailer,
      @ForAll @IntRange(min = 0, max = Integer.MAX_VALUE) int where)
      throws IOException {
    byte[] body = new byte[size];
    for (int i = 0; i < size; i++) {
      body[i] = (byte) (i * 31);
    }
    boolean checksum = trailer || !signed;
    Request request =
        SdkSigner.chunks(
                signed, checksum ? Optional.of(DefaultChecksumAlgorithm.CRC32) : Optional.empty())
            .sign(
                "PUT", "/bucket/key", Map.of(), Map.of("Content-Length", List.of("" + size)), body);
    RequestBody verified = authenticator().authenticate(request, "s3").request().body();
    assertThat(verified.length()).hasValue(size);
    assertThat(verified.open().readAllBytes()).isEqualTo(body);
    assertThat(verified.trailers().has("x-amz-checksum-crc32")).isEqualTo(checksum);
    if (signed) {
      byte[] flipped = ((TestRequests.RawBody) request.body()).bytes().clone();
      flipped[where % flipped.length] ^= 1;
      assertRefused(request.withBody(new TestRequests.RawBody(flipped)), "s3");
    }
  }

  private static void assertRefused(Request request, String service) {
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(
            () ->
                authenticator()
                    .authenticate(request, service)
                    .request()
                    .body()
                    .open()
                    .readAllBytes())
        .satisfies(
            e -> {
              if (e instanceof AuthenticationException refused) {
                assertThat(refused.reason())
                    .isIn(
                        Set.of(
                            Reason.SIGNATURE_MISMATCH,
                            Reason.UNSIGNED_HEADER,
                            Reason.MALFORMED_HEADER,
                            Reason.MALFORMED_QUERY));
              } else {
                assertThat(e).isInstanceOf(PayloadException.class);
              }
            });
  }

  /** The request with one thing changed that a signature must notice. */
  private static Request changed(Request request, int change) {
    String target =
        request.target().query().isEmpty()
            ? request.target().path()
            : request.target().path() + "?" + request.target().query();
    byte[] body = ((TestRequests.RawBody) request.body()).bytes();
    return switch (change) {
      case 0 -> TestRequests.request("DELETE", target, request.headers(), body);
      case 1 ->
          TestRequests.request(
              request.method(), target.replaceFirst("/", "/x"), request.headers(), body);
      case 2 ->
          TestRequests.request(
              request.method(),
              target + (target.contains("?") ? "&versionId" : "?versionId"),
              request.headers(),
              body);
      case 3 -> TestRequests.request(request.method(), target, otherHost(request), body);
      case 4 -> {
        byte[] longer = new byte[body.length + 1];
        System.arraycopy(body, 0, longer, 0, body.length);
        yield request.withBody(new TestRequests.RawBody(longer));
      }
      default ->
          TestRequests.request(
              request.method(), target, plus(request, "x-amz-acl", "public-read"), body);
    };
  }

  private static Headers otherHost(Request request) {
    Headers.Builder headers = Headers.builder();
    for (Headers.Header field : request.headers().all()) {
      headers.add(field.name(), field.name().equals("host") ? "other.local" : field.value());
    }
    return headers.build();
  }

  private static Headers plus(Request request, String name, String value) {
    Headers.Builder headers = Headers.builder();
    request.headers().all().forEach(field -> headers.add(field.name(), field.value()));
    return headers.add(name, value).build();
  }

  @Provide
  Arbitrary<String> keys() {
    List<String> characters =
        "abXY09/-._~!'()*;:@&=+$,?#[]{}|\\^%\" äß中\uD83D\uDE00"
            .codePoints()
            .mapToObj(Character::toString)
            .toList();
    return Arbitraries.of(characters)
        .list()
        .ofMinSize(1)
        .ofMaxSize(30)
        .map(chosen -> String.join("", chosen));
  }

  @Provide
  Arbitrary<List<String>> segments() {
    return Arbitraries.strings()
        .withChars("abc:/ä %+\u001f=-_~")
        .ofMinLength(1)
        .ofMaxLength(12)
        .list()
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<Map<String, List<String>>> queries() {
    Arbitrary<String> text = Arbitraries.strings().withChars("ab-Z=&/+ %ä").ofMaxLength(8);
    return Arbitraries.maps(text.filter(name -> !name.isEmpty()), text.list().ofSize(1))
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<Map<String, List<String>>> metadata() {
    Arbitrary<String> name =
        Arbitraries.strings().withChars("abc-_09").ofMinLength(1).ofMaxLength(8);
    Arbitrary<String> value = Arbitraries.strings().withChars("ab ,;=\"\t").ofMaxLength(12);
    return Arbitraries.maps(name.map(n -> "x-amz-meta-" + n), value.map(v -> List.of("v" + v)))
        .ofMaxSize(4)
        .map(
            headers -> {
              Map<String, List<String>> all = new HashMap<>(headers);
              all.put("Content-Type", new ArrayList<>(List.of("text/plain; charset=UTF-8")));
              return all;
            });
  }
}
