package dev.lakebed.iam.config;

import dev.lakebed.iam.model.IamSnapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A valid configuration.
 *
 * @param snapshot users, keys, roles and policies of the files
 * @param weakKeys keys that can be guessed
 * @param warnings what the operator should know: open trust, ignored sections, placeholders
 */
public record IamConfig(IamSnapshot snapshot, List<WeakKey> weakKeys, List<String> warnings) {
  /** Copies the lists. */
  public IamConfig {
    weakKeys = List.copyOf(weakKeys);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads the files of {@code -s3.config} and {@code -s3.iam.config}; the same file given twice is
   * read once. Needs no server. Environment variables come from the process.
   *
   * @throws InvalidConfigException with every problem of all files
   */
  public static IamConfig load(List<Path> files) {
    return load(files, System.getenv());
  }

  /**
   * The same with given environment variables.
   *
   * @throws InvalidConfigException with every problem of all files
   */
  public static IamConfig load(List<Path> files, Map<String, String> environment) {
    return new ConfigReader(new Findings(environment)).read(files);
  }
}
