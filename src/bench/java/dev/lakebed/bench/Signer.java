package dev.lakebed.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 in headers. Keeps the signing keys of the day and the text of the current
 * second; belongs to one thread.
 */
final class Signer {
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
  private static final String HMAC = "HmacSHA256";
  private static final HexFormat HEX = HexFormat.of();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Keys keys;
  private final String region;
  private final boolean hashBodies;
  private final MessageDigest sha256 = Body.newSha256();
  private final Map<Service, Mac> macs = new EnumMap<>(Service.class);
  private long second = Long.MIN_VALUE;
  private String time = "";
  private String day = "";

  /**
   * @param hashBodies whether S3 bodies are signed with their SHA-256 instead of UNSIGNED-PAYLOAD
   */
  Signer(Keys keys, String region, boolean hashBodies) {
    this.keys = keys;
    this.region = region;
    this.hashBodies = hashBodies;
  }

  /** Every header to send except Content-Length, the Authorization header among them. */
  SortedMap<String, String> headers(Outgoing request, String host, Instant now) {
    tick(now);
    SortedMap<String, String> headers = new TreeMap<>(request.headers());
    headers.put("host", host);
    headers.put("x-amz-date", time);
    keys.token().ifPresent(token -> headers.put("x-amz-security-token", token));
    String payload = payloadHash(request);
    if (request.service() == Service.S3) {
      headers.put("x-amz-content-sha256", payload);
    }
    String names = String.join(";", headers.keySet());
    String scope = day + "/" + region + "/" + request.service().scope() + "/aws4_request";
    String canonicalHash = hex(sha256.digest(canonical(request, headers, names, payload)));
    String toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + canonicalHash;
    String signature = hex(mac(request.service()).doFinal(toSign.getBytes(UTF_8)));
    headers.put(
        "authorization",
        "AWS4-HMAC-SHA256 Credential="
            + keys.access()
            + "/"
            + scope
            + ", SignedHeaders="
            + names
            + ", Signature="
            + signature);
    return headers;
  }

  private String payloadHash(Outgoing request) {
    boolean unsigned =
        request.service() == Service.S3 && !hashBodies && request.body().length() > 0;
    return unsigned ? UNSIGNED : request.body().sha256();
  }

  private static byte[] canonical(
      Outgoing request, Map<String, String> headers, String names, String payload) {
    StringBuilder text = new StringBuilder(512);
    text.append(request.method()).append('\n');
    text.append(request.service().canonicalPath(request.path())).append('\n');
    text.append(request.query()).append('\n');
    headers.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    text.append('\n').append(names).append('\n').append(payload);
    return text.toString().getBytes(UTF_8);
  }

  private void tick(Instant now) {
    if (now.getEpochSecond() != second) {
      second = now.getEpochSecond();
      time = TIME.format(now);
      String today = time.substring(0, 8);
      if (!today.equals(day)) {
        day = today;
        macs.clear();
      }
    }
  }

  private Mac mac(Service service) {
    return macs.computeIfAbsent(
        service,
        s -> {
          byte[] key = hmac(("AWS4" + keys.secret()).getBytes(UTF_8), day);
          key = hmac(hmac(hmac(key, region), s.scope()), "aws4_request");
          return keyed(key);
        });
  }

  private static byte[] hmac(byte[] key, String text) {
    return keyed(key).doFinal(text.getBytes(UTF_8));
  }

  private static Mac keyed(byte[] key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static String hex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }
}
