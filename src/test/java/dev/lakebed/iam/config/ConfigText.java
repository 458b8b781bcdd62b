package dev.lakebed.iam.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakebed.iam.config.InvalidConfigException.ConfigProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Loads configuration texts from temporary files. */
final class ConfigText {
  private ConfigText() {}

  static IamConfig load(String text) {
    return load(text, Map.of());
  }

  static IamConfig load(String text, Map<String, String> environment) {
    return IamConfig.load(List.of(file("iam.json", text)), environment);
  }

  static List<ConfigProblem> problems(String text) {
    InvalidConfigException invalid =
        catchThrowableOfType(InvalidConfigException.class, () -> load(text));
    return invalid == null ? List.of() : invalid.problems();
  }

  static Path file(String name, String text) {
    try {
      Path file = Files.createTempDirectory("lakebed-config").resolve(name);
      return Files.writeString(file, text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
