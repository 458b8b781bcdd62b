package dev.lakebed.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.kit.Hash;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * A request signed by hand, for what the SDK's signer cannot make: no payload hash, few signed
 * headers, another time. The path is signed as it is sent, as S3 and a bare {@code /} want it.
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
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String REGION = "local-01";

  /** All headers of the request, for the keys given. */
  Map<String, String> headers(Endpoint endpoint, AwsCredentials keys) {
    String stamp =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").format(time.atZone(ZoneOffset.UTC));
    List<String> parts = List.of(stamp.substring(0, 8), REGION, service, "aws4_request");
    String scope = String.join("/", parts);
    Map<String, String> headers = new TreeMap<>(signed);
    headers.putIfAbsent("host", endpoint.uri().getAuthority());
    headers.put("x-amz-date", stamp);
    if (keys instanceof AwsSessionCredentials session) {
      headers.put("x-amz-security-token", session.sessionToken());
    }
    String names = String.join(";", headers.keySet());
    String lines =
        headers.entrySet().stream()
            .map(header -> header.getKey() + ":" + header.getValue() + "\n")
            .collect(Collectors.joining());
    String canonical = String.join("\n", method, path, canonicalQuery, lines, names, payload);
    String toSign =
        String.join("\n", ALGORITHM, stamp, scope, Hash.sha256(canonical.getBytes(UTF_8)));
    byte[] key = ("AWS4" + keys.secretAccessKey()).getBytes(UTF_8);
    for (String part : parts) {
      key = Hash.hmac(key, part);
    }
    headers.put(
        "authorization",
        ALGORITHM
            + " Credential="
            + keys.accessKeyId()
            + "/"
            + scope
            + ", SignedHeaders="
            + names
            + ", Signature="
            + Hash.hexHmac(key, toSign));
    return headers;
  }

  /** Sends it with further headers that no signature covers. */
  Wire.Reply send(
      Endpoint endpoint, AwsCredentials keys, Map<String, String> unsigned, byte[] body) {
    Map<String, String> all = headers(endpoint, keys);
    all.putAll(unsigned);
    String query = canonicalQuery.isEmpty() ? "" : "?" + canonicalQuery;
    return Wire.exchange(URI.create(endpoint.uri() + path + query), method, all, body);
  }

  /** A body of {@code application/x-www-form-urlencoded}. */
  static byte[] form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), UTF_8))
        .collect(Collectors.joining("&"))
        .getBytes(UTF_8);
  }
}
