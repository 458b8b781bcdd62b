package dev.lakebed.kit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * AWS Signature Version 4 as the AWS reference describes it, every part changeable.
 *
 * @param service service of the credential scope
 */
public record Signing(Keys keys, String service, String region, Instant time) {
  public static final String UNSIGNED = "UNSIGNED-PAYLOAD";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  public static Signing s3(Keys keys) {
    return new Signing(keys, "s3", "us-east-1", Instant.now());
  }

  public static Signing of(Keys keys, String service) {
    return new Signing(keys, service, "us-east-1", Instant.now());
  }

  public Signing at(Instant other) {
    return new Signing(keys, service, region, other);
  }

  public String amzDate() {
    return TIME.format(time);
  }

  public String scope() {
    return amzDate().substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
  }

  public byte[] key() {
    byte[] day = Hash.hmac(("AWS4" + keys.secret()).getBytes(UTF_8), amzDate().substring(0, 8));
    return Hash.hmac(Hash.hmac(Hash.hmac(day, region), service), "aws4_request");
  }

  /** Signs by header; the body's length and hash are added when they are not there yet. */
  public Message sign(Message message) {
    return sign(message, Hash.sha256(message.body()));
  }

  /** Signs by header with that text as hash of the payload. */
  public Message sign(Message message, String payload) {
    if (message.fields().stream().noneMatch(f -> f.name().equalsIgnoreCase("content-length"))
        && message.fields().stream()
            .noneMatch(f -> f.name().equalsIgnoreCase("transfer-encoding"))) {
      message.header("Content-Length", Integer.toString(message.body().length));
    }
    message.header("x-amz-date", amzDate());
    if (service.equals("s3")) {
      message.header("x-amz-content-sha256", payload);
    }
    keys.token().ifPresent(token -> message.header("x-amz-security-token", token));
    TreeMap<String, String> signed = new TreeMap<>();
    message.fields().stream()
        .filter(f -> isSigned(f.name().toLowerCase(Locale.ROOT)))
        .forEach(
            f -> signed.merge(f.name().toLowerCase(Locale.ROOT), f.value(), (a, b) -> a + "," + b));
    return message.header(
        "Authorization", authorization(message.method(), message.target(), signed, payload));
  }

  /** These header fields, each of them signed, with date, token and signature. */
  public Map<String, String> sign(
      String method, String target, Map<String, String> fields, String payload) {
    TreeMap<String, String> signed = new TreeMap<>(fields);
    signed.put("x-amz-date", amzDate());
    keys.token().ifPresent(token -> signed.put("x-amz-security-token", token));
    signed.put("authorization", authorization(method, target, signed, payload));
    return signed;
  }

  private String authorization(
      String method, String target, TreeMap<String, String> signed, String payload) {
    return "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(
            keys.access(),
            scope(),
            String.join(";", signed.keySet()),
            signature(method, target, signed, payload));
  }

  private static boolean isSigned(String name) {
    return name.startsWith("x-amz-") || Set.of("host", "content-type", "upgrade").contains(name);
  }

  /** Adds the query of a presigned request. */
  public Message presign(Message message, String expires) {
    return presign(message, amzDate(), expires);
  }

  /** Same, with that date in the query. */
  public Message presign(Message message, String date, String expires) {
    TreeMap<String, String> signed = new TreeMap<>();
    signed.put("host", message.first("Host"));
    message.fields().stream()
        .filter(field -> field.name().startsWith("x-amz-meta-"))
        .forEach(field -> signed.put(field.name(), field.value()));
    String query =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
            + encode(keys.access() + "/" + scope(), false)
            + "&X-Amz-Date="
            + encode(date, false)
            + "&X-Amz-Expires="
            + encode(expires, false)
            + keys.token().map(t -> "&X-Amz-Security-Token=" + encode(t, false)).orElse("")
            + "&X-Amz-SignedHeaders="
            + String.join("%3B", signed.keySet());
    String target = message.target() + (message.target().contains("?") ? "&" : "?") + query;
    String payload = service.equals("s3") ? UNSIGNED : Hash.sha256(message.body());
    String canonical = canonical(message.method(), target, signed, payload);
    String signature =
        Hash.hexHmac(
            key(),
            "AWS4-HMAC-SHA256\n"
                + date
                + "\n"
                + scope()
                + "\n"
                + Hash.sha256(canonical.getBytes(ISO_8859_1)));
    return message.as(message.method(), target + "&X-Amz-Signature=" + signature);
  }

  private String signature(
      String method, String target, TreeMap<String, String> signed, String payload) {
    String canonical = canonical(method, target, signed, payload);
    return Hash.hexHmac(
        key(),
        "AWS4-HMAC-SHA256\n"
            + amzDate()
            + "\n"
            + scope()
            + "\n"
            + Hash.sha256(canonical.getBytes(ISO_8859_1)));
  }

  private String canonical(
      String method, String target, TreeMap<String, String> signed, String payload) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    String canonicalPath = encode(service.equals("s3") ? decode(path) : path, true);
    String sorted =
        query.isEmpty()
            ? ""
            : Arrays.stream(query.split("&"))
                .map(p -> p.contains("=") ? p : p + "=")
                .map(p -> p.split("=", 2))
                .map(p -> encode(decode(p[0]), false) + "=" + encode(decode(p[1]), false))
                .sorted()
                .collect(Collectors.joining("&"));
    StringBuilder text = new StringBuilder(method).append('\n');
    text.append(canonicalPath).append('\n').append(sorted).append('\n');
    signed.forEach(
        (n, v) -> text.append(n).append(':').append(v.strip().replaceAll(" +", " ")).append('\n'));
    return text.append('\n')
        .append(String.join(";", signed.keySet()))
        .append('\n')
        .append(payload)
        .toString();
  }

  /** Percent-encodes all but unreserved characters; each character of the text is one byte. */
  public static String encode(String text, boolean keepSlash) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(ISO_8859_1)) {
      char c = (char) (b & 0xFF);
      boolean plain = (c < 128 && Character.isLetterOrDigit(c)) || "-._~".indexOf(c) >= 0;
      if (plain || (keepSlash && c == '/')) {
        out.append(c);
      } else {
        out.append("%%%02X".formatted((int) c));
      }
    }
    return out.toString();
  }

  private static String decode(String path) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) == '%' && path.substring(i).matches("(?s)%[0-9a-fA-F]{2}.*")) {
        out.append((char) Integer.parseInt(path.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        out.append(path.charAt(i));
      }
    }
    return out.toString();
  }
}
