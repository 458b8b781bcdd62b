package dev.lakebed.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.kit.Signing;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * A request signed by hand, for what the SDK's signer cannot make: no payload hash, few signed
 * headers, another time.
 *
 * @param canonicalQuery query, sorted and encoded
 * @param signed headers that are signed beside host and date; a host among them is signed instead
 *     of the endpoint's, but not sent
 * @param payload last line of the canonical request
 */
record HandMade(
    String method,
    String path,
    String canonicalQuery,
    Map<String, String> signed,
    String payload,
    Instant time,
    String service) {
  /** All headers of the request, for the keys given. */
  Map<String, String> headers(Endpoint endpoint, AwsCredentials keys) {
    Map<String, String> headers = new TreeMap<>(signed);
    headers.putIfAbsent("host", endpoint.uri().getAuthority());
    Optional<String> token =
        keys instanceof AwsSessionCredentials session
            ? Optional.of(session.sessionToken())
            : Optional.empty();
    return new Signing(
            new dev.lakebed.kit.Keys(keys.accessKeyId(), keys.secretAccessKey(), token),
            service,
            "local-01",
            time)
        .sign(method, target(), headers, payload);
  }

  private String target() {
    return canonicalQuery.isEmpty() ? path : path + "?" + canonicalQuery;
  }

  /** Sends it with further headers that no signature covers. */
  Wire.Reply send(
      Endpoint endpoint, AwsCredentials keys, Map<String, String> unsigned, byte[] body) {
    Map<String, String> all = headers(endpoint, keys);
    all.putAll(unsigned);
    return Wire.exchange(URI.create(endpoint.uri() + target()), method, all, body);
  }

  /** A body of {@code application/x-www-form-urlencoded}. */
  static byte[] form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), UTF_8))
        .collect(Collectors.joining("&"))
        .getBytes(UTF_8);
  }
}
