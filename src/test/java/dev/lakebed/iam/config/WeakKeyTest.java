package dev.lakebed.iam.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.iam.config.IamConfig.WeakKey;
import dev.lakebed.iam.model.AccessKey.Secret;
import dev.lakebed.support.Evidence;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which keys count as weak. */
class WeakKeyTest {
  @ParameterizedTest
  @CsvSource({
    "admin, admin, true",
    "minioadmin, minioadmin, true",
    "AKIAIOSFODNN7EXAMPLE, wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY, true",
    "lake, short, true",
    "lakekeeper, change-me-please-1234567890, true",
    "lake, 0123456789abcdef, false"
  })
  @Evidence("attack-67")
  void keys_that_can_be_guessed_are_weak(String id, String secret, boolean weak) {
    assertThat(WeakKey.check(id, new Secret(secret)).isPresent()).isEqualTo(weak);
  }
}
