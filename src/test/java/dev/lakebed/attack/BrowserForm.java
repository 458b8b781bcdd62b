package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.kit.Hash;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Forms that a browser sends to upload a file. */
final class BrowserForm {
  private BrowserForm() {}

  /**
   * The fields of a form, signed as AWS's "POST policy" says: the policy is the string to sign.
   *
   * @param conditions conditions of the policy, each with a comma after it
   */
  static Map<String, String> signed(Keys keys, String key, String conditions, Instant expiration) {
    Signing signing = Signing.s3(keys);
    Map<String, String> form = new LinkedHashMap<>();
    form.put("key", key);
    form.put("x-amz-algorithm", "AWS4-HMAC-SHA256");
    form.put("x-amz-credential", keys.access() + "/" + signing.scope());
    form.put("x-amz-date", signing.amzDate());
    StringBuilder policy = new StringBuilder("{\"expiration\":\"" + expiration + "\",");
    policy.append("\"conditions\":[").append(conditions);
    form.forEach(
        (name, value) -> {
          if (!name.equals("key")) {
            policy.append("{\"%s\":\"%s\"},".formatted(name, value));
          }
        });
    policy.setLength(policy.length() - 1);
    policy.append("]}");
    String encoded = Base64.getEncoder().encodeToString(policy.toString().getBytes(UTF_8));
    form.put("policy", encoded);
    form.put("x-amz-signature", Hash.hexHmac(signing.key(), encoded));
    return form;
  }

  /** The request that sends the form and the file to the bucket. */
  static Message message(Attack attack, String bucket, Map<String, String> form, String file) {
    StringBuilder body = new StringBuilder();
    String field = "--b\r\nContent-Disposition: form-data; name=\"%s\"";
    form.forEach(
        (name, value) -> body.append(field.formatted(name)).append("\r\n\r\n" + value + "\r\n"));
    body.append(field.formatted("file")).append("; filename=\"f\"\r\n\r\n").append(file);
    byte[] bytes = body.append("\r\n--b--\r\n").toString().getBytes(UTF_8);
    return attack
        .message("POST", "/" + bucket)
        .header("Content-Type", "multipart/form-data; boundary=b")
        .header("Content-Length", Integer.toString(bytes.length))
        .body(bytes);
  }
}
