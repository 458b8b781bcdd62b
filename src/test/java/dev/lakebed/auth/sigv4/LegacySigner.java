package dev.lakebed.auth.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.http.PercentEncoding;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs by version 2 as AWS's "Signing and authenticating REST requests" says. */
final class LegacySigner {
  private LegacySigner() {}

  static String sign(String... lines) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(TestRequests.SECRET.getBytes(UTF_8), "HmacSHA1"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(String.join("\n", lines).getBytes(UTF_8)));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  static String authorization(String... lines) {
    return "AWS " + TestRequests.KEY + ":" + sign(lines);
  }

  /** The query of a URL presigned until then. */
  static String query(String expires, String... lines) {
    return "AWSAccessKeyId=%s&Expires=%s&Signature=%s"
        .formatted(TestRequests.KEY, expires, PercentEncoding.encode(sign(lines)));
  }
}
