package dev.lakebed.auth.sigv4;

import static dev.lakebed.auth.sigv4.RefusalAssert.refused;
import static dev.lakebed.auth.sigv4.TestRequests.authenticator;
import static dev.lakebed.auth.sigv4.TestRequests.plus;
import static dev.lakebed.auth.sigv4.TestRequests.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.http.Request;
import dev.lakebed.http.VirtualHosts;
import dev.lakebed.s3.rest.Addressing;
import dev.lakebed.s3.rest.S3Request;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The host that was signed is the host that the request is for (AWS, "Virtual hosting of buckets":
 * the bucket may stand in the host). Whatever host arrived counts only when it is the signed one.
 */
class SignedHostTest {
  /** What the AWS SDK for Java signs here. */
  private static final String SIGNED = "store.local:9000";

  private static final Addressing ADDRESSING = new Addressing(List.of("localhost", "store.local"));

  private static final SignatureSettings EXTERNAL =
      new SignatureSettings(
          Optional.empty(), List.of(SIGNED), peer -> false, 1024, false, true, VirtualHosts.NONE);

  private static final SignatureSettings PROXIED =
      new SignatureSettings(
          Optional.empty(), List.of(), peer -> true, 1024, false, true, VirtualHosts.NONE);

  private static Request presigned() {
    return SdkSigner.query().sign("GET", "/lake/wh/t1/a", Map.of(), Map.of(), new byte[0]);
  }

  private static Request signed() {
    return SdkSigner.header("s3").sign("GET", "/lake/wh/t1/a", Map.of(), Map.of(), new byte[0]);
  }

  private static S3Request addressed(SignatureSettings settings, Request request)
      throws IOException {
    return ADDRESSING.parse(authenticator(settings).authenticate(request, "s3").request());
  }

  @Test
  void a_presigned_url_for_the_external_host_never_reaches_the_bucket_of_another_host()
      throws IOException {
    S3Request read = addressed(EXTERNAL, with(presigned(), "host", "other.localhost"));
    assertThat(read.bucket()).isEqualTo("lake");
    assertThat(read.key()).isEqualTo("wh/t1/a");
  }

  @Test
  void a_header_signature_for_the_external_host_never_reaches_the_bucket_of_another_host()
      throws IOException {
    S3Request read = addressed(EXTERNAL, with(signed(), "host", "other.store.local:9000"));
    assertThat(read.bucket()).isEqualTo("lake");
  }

  @Test
  void the_host_that_a_trusted_proxy_tells_routes_when_it_is_the_signed_one() throws IOException {
    Request proxied =
        plus(with(presigned(), "host", "other.localhost"), "x-forwarded-host", SIGNED);
    assertThat(addressed(PROXIED, proxied).bucket()).isEqualTo("lake");
  }

  @Test
  void a_forwarded_host_that_was_not_signed_does_not_route() throws IOException {
    Request proxied = plus(presigned(), "x-forwarded-host", "other.localhost");
    assertThat(addressed(PROXIED, proxied).bucket()).isEqualTo("lake");
    assertThat(addressed(EXTERNAL, proxied).bucket()).isEqualTo("lake");
  }

  @Test
  void a_host_that_nobody_signed_is_refused() {
    refused(
        Reason.SIGNATURE_MISMATCH,
        () -> addressed(SignatureSettings.DEFAULT, with(signed(), "host", "other.localhost")));
  }

  @Test
  void the_signed_host_stays_the_only_one() throws IOException {
    Request request =
        authenticator(EXTERNAL)
            .authenticate(with(signed(), "host", "other.localhost"), "s3")
            .request();
    assertThat(request.headers().all("host")).containsExactly(SIGNED);
  }
}
