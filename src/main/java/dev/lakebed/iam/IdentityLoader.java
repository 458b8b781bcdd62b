package dev.lakebed.iam;

import dev.lakebed.iam.config.IamConfig;
import dev.lakebed.iam.config.WeakKey;
import dev.lakebed.iam.model.IamSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts identities together: files, then the environment, then a generated key if none is left. */
public final class IdentityLoader {
  private final List<Path> files;
  private final Map<String, String> environment;
  private final Path keys;

  /**
   * Where identities come from.
   *
   * @param files configuration files, may be none
   * @param environment environment variables
   * @param keys folder for generated keys
   */
  public IdentityLoader(List<Path> files, Map<String, String> environment, Path keys) {
    this.files = List.copyOf(files);
    this.environment = Map.copyOf(environment);
    this.keys = keys;
  }

  List<Path> files() {
    return files;
  }

  /**
   * Reads everything anew.
   *
   * @throws dev.lakebed.iam.config.InvalidConfigException with every problem of the files
   * @throws UncheckedIOException when a generated key cannot be read or written
   */
  public Identities load() {
    IamConfig config = IamConfig.load(files, environment);
    List<String> warnings = new ArrayList<>(config.warnings());
    List<WeakKey> weakKeys = new ArrayList<>(config.weakKeys());
    boolean inFiles = !config.snapshot().hasNobody();
    EnvironmentKeys keysOfEnvironment = new EnvironmentKeys(environment, warnings, weakKeys);
    IamSnapshot snapshot = keysOfEnvironment.addTo(config.snapshot());
    List<String> administrators = keysOfEnvironment.administrators();
    if (!snapshot.hasNobody()) {
      return new Identities(
          snapshot, inFiles, Optional.empty(), administrators, weakKeys, warnings);
    }
    try {
      GeneratedKey generated = new GeneratedAdmin(keys).key();
      return new Identities(
          snapshot.with(Administrator.named("admin"), generated.owned().key()),
          inFiles,
          Optional.of(generated),
          administrators,
          weakKeys,
          warnings);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
