package dev.lakebed.iam.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.iam.model.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attack row 67 and design D11: weak keys are told of loudly, and refused in strict mode. */
class WeakKeyRuleTest {
  private static final List<WeakKey> WEAK =
      List.of(new WeakKey("admin", "its secret equals its id"));

  @ParameterizedTest
  @CsvSource({
    "admin, admin, true",
    "minioadmin, minioadmin, true",
    "AKIAIOSFODNN7EXAMPLE, wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY, true",
    "lake, short, true",
    "lake, 0123456789abcdef, false"
  })
  void row67_keys_that_can_be_guessed_are_weak(String id, String secret, boolean weak) {
    assertThat(WeakKey.check(id, new Secret(secret)).isPresent()).isEqualTo(weak);
  }

  @Test
  void row67_weak_key_on_a_public_address_is_a_banner_line() {
    assertThat(WeakKeyRule.enforce(WEAK, false, false))
        .containsExactly("WEAK KEY: access key admin: its secret equals its id");
  }

  @Test
  void row67_weak_key_on_loopback_is_silent() {
    assertThat(WeakKeyRule.enforce(WEAK, true, false)).isEmpty();
  }

  @Test
  void row67_strict_mode_refuses_weak_keys() {
    assertThatThrownBy(() -> WeakKeyRule.enforce(WEAK, true, true))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("access key admin");
  }
}
