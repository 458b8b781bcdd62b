package dev.lakebed.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.acceptance.Wire.Reply;
import dev.lakebed.support.Evidence;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Behind a proxy the signed Host is the public one. The deployment trusts 127.0.0.1 as a proxy and
 * knows one name under which it is reached from outside.
 */
@AcceptanceTest
class ProxyIT {
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  @Test
  @Evidence("catalog-G3")
  void the_host_that_a_trusted_proxy_tells_may_be_signed(Endpoint endpoint) {
    Map<String, String> forwarded = Map.of("X-Forwarded-Host", "lake.example");
    assertThat(list("lake.example", forwarded, endpoint).outcome()).isEqualTo("200");
    Map<String, String> port =
        Map.of("X-Forwarded-Host", "lake.example, inner.example", "X-Forwarded-Port", "8443");
    assertThat(list("lake.example:8443", port, endpoint).outcome()).isEqualTo("200");
  }

  @Test
  @Evidence("catalog-G3")
  void the_configured_outer_name_may_be_signed(Endpoint endpoint) {
    assertThat(list("s3.outside.example", Map.of(), endpoint).outcome()).isEqualTo("200");
  }

  @Test
  @Evidence("catalog-G3")
  void any_other_host_is_not_the_signed_one(Endpoint endpoint) {
    assertThat(list("lake.example", Map.of(), endpoint).outcome())
        .isEqualTo("403 SignatureDoesNotMatch");
    Map<String, String> forwarded = Map.of("X-Forwarded-Host", "other.example");
    assertThat(list("lake.example", forwarded, endpoint).outcome())
        .isEqualTo("403 SignatureDoesNotMatch");
  }

  private static Reply list(String host, Map<String, String> unsigned, Endpoint endpoint) {
    Map<String, String> signed = Map.of("host", host, "x-amz-content-sha256", UNSIGNED);
    return new HandMade("GET", "/", "", signed, UNSIGNED, Instant.now(), "s3")
        .send(endpoint, Keys.ADMIN, unsigned, new byte[0]);
  }
}
