package dev.lakebed.iam;

import dev.lakebed.iam.config.IamConfig.WeakKey;
import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.IamSnapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All identities as one load gave them.
 *
 * @param inFiles whether the configuration files name identities, so that these are kept there
 * @param generated the key made because nothing was configured; for the start banner
 * @param administrators what the environment made an administrator's key, a sentence each
 */
public record Identities(
    IamSnapshot snapshot,
    boolean inFiles,
    Optional<GeneratedKey> generated,
    List<String> administrators,
    List<WeakKey> weakKeys,
    List<String> warnings) {
  public Identities {
    administrators = List.copyOf(administrators);
    weakKeys = List.copyOf(weakKeys);
    warnings = List.copyOf(warnings);
  }

  /**
   * The administrator's key made because nothing was configured, in a file with id and secret a
   * line each.
   */
  public record GeneratedKey(OwnedKey owned, Path file, boolean isNew) {}
}
