package dev.lakebed.auth.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.Request;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The string to sign of version 2. Each character is one byte.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html">AWS</a>
 */
final class LegacyStringToSign {
  private static final String HMAC = "HmacSHA1";

  /** The parameters that are part of the resource. */
  private static final Set<String> SIGNED =
      Set.of(
          """
          accelerate acl analytics cors defaultObjectAcl delete inventory lifecycle location
          logging metrics notification object-lock partNumber policy replication requestPayment
          response-cache-control response-content-disposition response-content-encoding
          response-content-language response-content-type response-expires restore select
          select-type storageClass tagging torrent uploadId uploads versionId versioning versions
          website\
          """
              .split("\\s+"));

  private LegacyStringToSign() {}

  /** A text in which each character stands for one byte, as header values are read. */
  static String bytes(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  static boolean isSigned(String parameter) {
    return SIGNED.contains(parameter);
  }

  /**
   * Every string to try for a bucket that a host names. Clients differ in what they escape, and in
   * whether the resource of a bucket ends in a slash; all forms name the same object. {@code
   * hosted} is empty when the host names no bucket.
   */
  static List<String> forms(Request request, LegacyClaim claim, String hosted) {
    String head = head(request, claim);
    String query = query(request.query());
    String prefix = hosted.isEmpty() ? "" : "/" + hosted;
    Set<String> forms = new LinkedHashSet<>();
    for (String path : CanonicalPath.forms(request.target().path(), true)) {
      forms.add(head + prefix + path + query);
      if (hosted.isEmpty() && path.indexOf('/', 1) < 0) {
        forms.add(head + path + "/" + query);
      }
    }
    return List.copyOf(forms);
  }

  private static String head(Request request, LegacyClaim claim) {
    return String.join(
        "\n",
        request.method(),
        standard(request.headers(), "content-md5"),
        standard(request.headers(), "content-type"),
        claim.dateLine(),
        amazon(request.headers()));
  }

  private static String standard(Headers headers, String name) {
    return headers.first(name).orElse("").strip();
  }

  /** All headers of Amazon by name; each line ends in a line feed. */
  private static String amazon(Headers headers) {
    TreeMap<String, String> lines = new TreeMap<>();
    for (Headers.Header field : headers.all()) {
      if (field.name().startsWith("x-amz-")) {
        lines.merge(field.name(), field.value().strip(), (one, other) -> one + "," + other);
      }
    }
    return lines.entrySet().stream()
        .map(line -> line.getKey() + ":" + line.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private static String query(QueryParameters query) {
    String signed =
        query.all().stream()
            .filter(parameter -> isSigned(parameter.name()))
            .sorted(Comparator.comparing(QueryParameters.Parameter::name))
            .map(LegacyStringToSign::text)
            .collect(Collectors.joining("&"));
    return signed.isEmpty() ? "" : "?" + signed;
  }

  private static String text(QueryParameters.Parameter parameter) {
    return parameter.value().isEmpty()
        ? parameter.name()
        : parameter.name() + "=" + bytes(parameter.value());
  }

  /**
   * Whether that is the signature: HMAC-SHA1 under the secret itself, in Base64. Takes the same
   * time wherever they differ. Each character of the text is one byte.
   */
  static boolean fits(String secret, String text, String signature) {
    byte[] computed = Base64.getEncoder().encode(hmac(secret, text));
    return MessageDigest.isEqual(computed, signature.getBytes(ISO_8859_1));
  }

  private static byte[] hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), HMAC));
      return mac.doFinal(text.getBytes(ISO_8859_1));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("the Java runtime lacks " + HMAC, missing);
    }
  }
}
