package dev.lakebed.iam.config;

import dev.lakebed.iam.model.AccessKey.Secret;
import dev.lakebed.iam.model.IamSnapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A valid configuration, with what the operator should know: open trust, ignored sections,
 * placeholders.
 */
public record IamConfig(IamSnapshot snapshot, List<WeakKey> weakKeys, List<String> warnings) {
  public IamConfig {
    weakKeys = List.copyOf(weakKeys);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads the files of {@code -s3.config} and {@code -s3.iam.config}, each once;
   * InvalidConfigException has every problem of all files. Needs no server. Environment variables
   * come from the process.
   */
  public static IamConfig load(List<Path> files) {
    return load(files, System.getenv());
  }

  public static IamConfig load(List<Path> files, Map<String, String> environment) {
    return new ConfigReader(new Findings(environment)).read(files);
  }

  /** An access key that can be guessed, and why, without the secret. */
  public record WeakKey(String accessKeyId, String reason) {
    /** How the secrets of the project's own examples begin. */
    private static final String PLACEHOLDER = "change-me";

    private static final int MIN_LENGTH = 16;
    private static final Set<String> WELL_KNOWN =
        Set.of(
            "wjalrxutnfemi/k7mdeng/bpxrficyexamplekey",
            "some_secret_key1",
            "some_secret_key2",
            "minioadmin",
            "rustfsadmin",
            "secretkey",
            "changeme",
            "password");

    public static Optional<WeakKey> check(String accessKeyId, Secret secret) {
      String text = secret.reveal().toLowerCase(Locale.ROOT);
      String reason = "";
      if (text.equals(accessKeyId.toLowerCase(Locale.ROOT))) {
        reason = "its secret equals its id";
      } else if (WELL_KNOWN.contains(text) || text.startsWith(PLACEHOLDER)) {
        reason = "its secret is a well-known example";
      } else if (text.length() < MIN_LENGTH) {
        reason = "its secret is shorter than " + MIN_LENGTH + " characters";
      }
      return reason.isEmpty() ? Optional.empty() : Optional.of(new WeakKey(accessKeyId, reason));
    }
  }
}
