package dev.lakebed.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** AWS Signature Version 2 as the AWS reference describes it, for requests in path style. */
public record LegacySigning(Keys keys) {
  /** Signs by header; a temporary key's token is added. */
  public Message sign(Message message) {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC));
    message.header("Date", date);
    message.header("Content-Length", Integer.toString(message.body().length));
    keys.token().ifPresent(token -> message.header("x-amz-security-token", token));
    String signature = signature(message.method(), date, message.target());
    return message.header("Authorization", "AWS " + keys.access() + ":" + signature);
  }

  /** Adds the query of a request presigned until then. */
  public Message presign(Message message, Instant end) {
    String expires = Long.toString(end.getEpochSecond());
    String query =
        "?AWSAccessKeyId=%s&Expires=%s&Signature=%s%s"
            .formatted(
                keys.access(),
                expires,
                Signing.encode(signature(message.method(), expires, message.target()), false),
                keys.token()
                    .map(token -> "&x-amz-security-token=" + Signing.encode(token, false))
                    .orElse(""));
    return message.as(message.method(), message.target() + query);
  }

  private String signature(String method, String date, String resource) {
    String amazon = keys.token().map(token -> "x-amz-security-token:" + token + "\n").orElse("");
    String text = method + "\n\n\n" + date + "\n" + amazon + resource;
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(keys.secret().getBytes(UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
