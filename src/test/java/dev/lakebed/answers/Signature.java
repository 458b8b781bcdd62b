package dev.lakebed.answers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.kit.Hash;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Signature Version 4, in a header or in the query. */
record Signature(KeyPair key, String service, String stamp) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String REGION = "us-east-1";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  static Signature now(KeyPair key, String service) {
    return new Signature(key, service, STAMP.format(Instant.now()));
  }

  /** The headers that sign these. */
  Map<String, String> header(
      String method, String target, Map<String, String> headers, byte[] body) {
    Map<String, String> signed = new TreeMap<>(headers);
    signed.put("x-amz-date", stamp);
    if (!key.token().isEmpty()) {
      signed.put("x-amz-security-token", key.token());
    }
    if (service.startsWith("s3")) {
      signed.putIfAbsent("x-amz-content-sha256", Hash.sha256(body));
    }
    String payload = signed.getOrDefault("x-amz-content-sha256", Hash.sha256(body));
    signed.put(
        "authorization",
        ALGORITHM
            + (" Credential=" + key.id() + "/" + scope())
            + (", SignedHeaders=" + String.join(";", signed.keySet()))
            + (", Signature=" + sign(method, target, signed, payload)));
    return signed;
  }

  /** The target with a signature that holds for an hour. */
  String presigned(String method, String target, Map<String, String> headers) {
    Map<String, String> signed = new TreeMap<>(headers);
    Map<String, String> more = new TreeMap<>();
    more.put("X-Amz-Algorithm", ALGORITHM);
    more.put("X-Amz-Credential", key.id() + "/" + scope());
    more.put("X-Amz-Date", stamp);
    more.put("X-Amz-Expires", "3600");
    more.put("X-Amz-SignedHeaders", String.join(";", signed.keySet()));
    if (!key.token().isEmpty()) {
      more.put("X-Amz-Security-Token", key.token());
    }
    String query =
        more.entrySet().stream()
            .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    String unsigned = target + (target.contains("?") ? "&" : "?") + query;
    String payload = service.equals("s3") ? "UNSIGNED-PAYLOAD" : Hash.sha256(new byte[0]);
    return unsigned + "&X-Amz-Signature=" + sign(method, unsigned, signed, payload);
  }

  private String scope() {
    return String.join("/", scopeParts());
  }

  private List<String> scopeParts() {
    return List.of(stamp.substring(0, 8), REGION, service, "aws4_request");
  }

  private String sign(String method, String target, Map<String, String> headers, String payload) {
    String[] parts = target.split("\\?", 2);
    // S3 signs the path as it is sent, the others encode it once more.
    String path = service.equals("s3") ? parts[0] : parts[0].replace("%", "%25");
    String query =
        Stream.of(parts.length == 1 ? new String[0] : parts[1].split("&"))
            .map(each -> each.contains("=") ? each : each + "=")
            .sorted()
            .collect(Collectors.joining("&"));
    String lines =
        headers.entrySet().stream()
            .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
            .collect(Collectors.joining());
    String names = String.join(";", headers.keySet());
    String canonical = String.join("\n", method, path, query, lines, names, payload);
    String toSign =
        String.join("\n", ALGORITHM, stamp, scope(), Hash.sha256(canonical.getBytes(UTF_8)));
    byte[] secret = ("AWS4" + key.secret()).getBytes(UTF_8);
    for (String part : scopeParts()) {
      secret = Hash.hmac(secret, part);
    }
    return Hash.hexHmac(secret, toSign);
  }
}
