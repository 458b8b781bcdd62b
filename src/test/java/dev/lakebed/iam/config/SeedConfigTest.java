package dev.lakebed.iam.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.iam.config.IamConfig.WeakKey;
import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.Role;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.support.Evidence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The JSON that the product was asked for with, verbatim from the seed page. */
class SeedConfigTest {
  private static final Path SEED = Path.of("src/test/resources/seed/iam_config.json");

  private final IamConfig config = IamConfig.load(List.of(SEED, SEED), Map.of());
  private final IamSnapshot snapshot = config.snapshot();

  @Test
  void seed_file_given_to_both_flags_loads_once() {
    assertThat(snapshot.users()).hasSize(1);
    assertThat(snapshot.keys()).containsOnlyKeys("admin");
  }

  @Test
  void admin_has_the_key_of_the_file() {
    OwnedKey key = snapshot.key("admin").orElseThrow();
    assertThat(key.key().secret().reveal()).isEqualTo("admin");
    assertThat(key.owner().arn()).isEqualTo("arn:aws:iam::000000000000:user/admin");
  }

  @Test
  void role_has_trust_and_policy() {
    Role role =
        snapshot.role(new RoleArn("000000000000", "/", "LakekeeperVendedRole")).orElseThrow();
    assertThat(role.policies()).extracting(policy -> policy.name()).containsExactly("FullAccess");
    assertThat(role.trust().name()).isEqualTo("trust policy of LakekeeperVendedRole");
  }

  @Test
  void durations_are_read() {
    assertThat(snapshot.sts().tokenDuration()).contains(Duration.ofHours(12));
    assertThat(snapshot.sts().maxSessionLength()).contains(Duration.ofHours(24));
  }

  @Test
  void placeholder_of_the_documentation_is_no_key_and_is_warned_about() {
    assertThat(snapshot.sts().signingKeys()).isEmpty();
    assertThat(config.warnings()).anyMatch(w -> w.startsWith("sts.signingKey: is the placeholder"));
  }

  @Test
  @Evidence("attack-22")
  void principal_star_without_condition_is_warned_about() {
    assertThat(config.warnings())
        .anyMatch(w -> w.startsWith("roles[0].trustPolicy: anybody with credentials"));
  }

  @Test
  @Evidence("attack-22")
  void it_is_warned_about_in_a_quoted_document_too() {
    String quoted =
        """
        {"roles":[{"roleName":"Open","trustPolicy":"{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Principal\\":\\"*\\",\\"Action\\":\\"sts:AssumeRole\\",\\"Condition\\":{}}]}"}]}
        """;
    assertThat(ConfigText.load(quoted).warnings())
        .anyMatch(w -> w.startsWith("roles[0].trustPolicy: anybody with credentials"));
  }

  @Test
  @Evidence("attack-67")
  void admin_admin_is_reported_as_weak_without_its_secret() {
    assertThat(config.weakKeys()).containsExactly(new WeakKey("admin", "its secret equals its id"));
  }
}
