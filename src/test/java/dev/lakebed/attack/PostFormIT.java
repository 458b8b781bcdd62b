package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Row 35, and rows 1 and 3 for browser forms: a form does what its signed policy allows and nothing
 * else. Codes as in AWS's "Creating a POST policy".
 */
class PostFormIT {
  private static final String CONDITIONS =
      "{\"bucket\":\"attacked\"},[\"starts-with\",\"$key\",\"form/\"],"
          + "[\"content-length-range\",1,10],";

  @RegisterExtension private final Attack attack = new Attack();

  @Test
  void an_honest_form_is_stored() throws IOException {
    assertThat(post(form("form/honest", CONDITIONS, minutes(5)), "hello").status()).isEqualTo(204);
    assertThat(attack.get("/attacked/form/honest").text()).isEqualTo("hello");
  }

  @Test
  void row1_row3_a_form_with_a_garbage_signature() throws IOException {
    Map<String, String> form = form("form/row1", CONDITIONS, minutes(5));
    form.put("x-amz-signature", "0".repeat(64));
    attack.refused(post(form, "hello"), 403, "SignatureDoesNotMatch");
    attack.nothingAt("form/row1");
  }

  @ParameterizedTest
  @CsvSource({"'',EntityTooSmall", "01234567890,EntityTooLarge"})
  void row35_a_file_outside_the_range(String file, String code) throws IOException {
    attack.refused(post(form("form/size", CONDITIONS, minutes(5)), file), 400, code);
    attack.nothingAt("form/size");
  }

  @Test
  void row35_a_key_outside_the_prefix() throws IOException {
    attack.refused(post(form("other/key", CONDITIONS, minutes(5)), "hello"), 403, "AccessDenied");
    attack.nothingAt("other/key");
  }

  @Test
  void row35_a_policy_for_another_bucket() throws IOException {
    String conditions = CONDITIONS.replace("attacked", "elsewhere");
    attack.refused(post(form("form/b", conditions, minutes(5)), "hello"), 403, "AccessDenied");
    Map<String, String> named = form("form/b", conditions, minutes(5));
    named.put("bucket", "elsewhere");
    attack.refused(post(named, "hello"), 403, "AccessDenied");
    attack.nothingAt("form/b");
  }

  @ParameterizedTest
  @CsvSource({"acl,public-read", "x-amz-meta-extra,1", "Content-Type,text/html"})
  void row35_a_field_that_the_policy_does_not_know(String name, String value) throws IOException {
    Map<String, String> form = form("form/extra", CONDITIONS, minutes(5));
    form.put(name, value);
    attack.refused(post(form, "hello"), 403, "AccessDenied");
    attack.nothingAt("form/extra");
  }

  @Test
  void row35_a_policy_that_has_expired() throws IOException {
    attack.refused(post(form("form/old", CONDITIONS, minutes(-1)), "hello"), 403, "AccessDenied");
    attack.nothingAt("form/old");
  }

  private static Instant minutes(long minutes) {
    return Instant.now().plus(Duration.ofMinutes(minutes));
  }

  /** The fields of a form, signed as AWS's "POST policy" says: the policy is the string to sign. */
  private static Map<String, String> form(String key, String conditions, Instant expiration) {
    Signing signing = Signing.s3(Keys.OWNER);
    Map<String, String> form = new LinkedHashMap<>();
    form.put("key", key);
    form.put("x-amz-algorithm", "AWS4-HMAC-SHA256");
    form.put("x-amz-credential", Keys.OWNER.access() + "/" + signing.scope());
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

  private Reply post(Map<String, String> form, String file) throws IOException {
    StringBuilder body = new StringBuilder();
    String field = "--b\r\nContent-Disposition: form-data; name=\"%s\"";
    form.forEach(
        (name, value) -> body.append(field.formatted(name)).append("\r\n\r\n" + value + "\r\n"));
    body.append(field.formatted("file")).append("; filename=\"f\"\r\n\r\n").append(file);
    byte[] bytes = body.append("\r\n--b--\r\n").toString().getBytes(UTF_8);
    return attack.send(
        attack
            .message("POST", "/attacked")
            .header("Content-Type", "multipart/form-data; boundary=b")
            .header("Content-Length", Integer.toString(bytes.length))
            .body(bytes));
  }
}
