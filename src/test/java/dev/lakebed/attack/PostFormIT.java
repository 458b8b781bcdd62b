package dev.lakebed.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A browser form does what its signed policy allows and nothing else. Codes as in AWS's "Creating a
 * POST policy".
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
  @Evidence({"attack-1", "attack-3"})
  void a_form_with_a_garbage_signature() throws IOException {
    Map<String, String> form = form("form/row1", CONDITIONS, minutes(5));
    form.put("x-amz-signature", "0".repeat(64));
    attack.refused(post(form, "hello"), 403, "SignatureDoesNotMatch");
    attack.nothingAt("form/row1");
  }

  @ParameterizedTest
  @CsvSource({"'',EntityTooSmall", "01234567890,EntityTooLarge"})
  @Evidence("attack-35")
  void a_file_outside_the_range(String file, String code) throws IOException {
    attack.refused(post(form("form/size", CONDITIONS, minutes(5)), file), 400, code);
    attack.nothingAt("form/size");
  }

  @Test
  @Evidence("attack-35")
  void a_key_outside_the_prefix() throws IOException {
    attack.refused(post(form("other/key", CONDITIONS, minutes(5)), "hello"), 403, "AccessDenied");
    attack.nothingAt("other/key");
  }

  @Test
  @Evidence("attack-35")
  void a_policy_for_another_bucket() throws IOException {
    String conditions = CONDITIONS.replace("attacked", "elsewhere");
    attack.refused(post(form("form/b", conditions, minutes(5)), "hello"), 403, "AccessDenied");
    Map<String, String> named = form("form/b", conditions, minutes(5));
    named.put("bucket", "elsewhere");
    attack.refused(post(named, "hello"), 403, "AccessDenied");
    attack.nothingAt("form/b");
  }

  @ParameterizedTest
  @CsvSource({"acl,public-read", "x-amz-meta-extra,1", "Content-Type,text/html"})
  @Evidence("attack-35")
  void a_field_that_the_policy_does_not_know(String name, String value) throws IOException {
    Map<String, String> form = form("form/extra", CONDITIONS, minutes(5));
    form.put(name, value);
    attack.refused(post(form, "hello"), 403, "AccessDenied");
    attack.nothingAt("form/extra");
  }

  @Test
  @Evidence("attack-35")
  void a_policy_that_has_expired() throws IOException {
    attack.refused(post(form("form/old", CONDITIONS, minutes(-1)), "hello"), 403, "AccessDenied");
    attack.nothingAt("form/old");
  }

  private static Instant minutes(long minutes) {
    return Instant.now().plus(Duration.ofMinutes(minutes));
  }

  private static Map<String, String> form(String key, String conditions, Instant expiration) {
    return BrowserForm.signed(Users.OWNER, key, conditions, expiration);
  }

  private Answer post(Map<String, String> form, String file) throws IOException {
    return attack.send(BrowserForm.message(attack, Attack.BUCKET, form, file));
  }
}
