package dev.lakebed.iam;

import dev.lakebed.iam.Identities.GeneratedKey;
import dev.lakebed.iam.KeyFile.PrivateFile;
import dev.lakebed.iam.config.IamConfig;
import dev.lakebed.iam.config.IamConfig.WeakKey;
import dev.lakebed.iam.model.AccessKey;
import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.AccessKey.Secret;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.StsSettings;
import dev.lakebed.iam.model.UniqueId;
import dev.lakebed.iam.model.User;
import dev.lakebed.policy.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
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

  /** Users that may do everything and come from no file. */
  static final class Administrator {
    private static final Policy EVERYTHING =
        Policy.parse(
            "AdministratorAccess",
            """
            {"Version":"2012-10-17","Statement":[
             {"Effect":"Allow","Action":"*","Resource":"*"}]}\
            """,
            Policy.Kind.IDENTITY);

    private Administrator() {}

    static User named(String name) {
      return new User(StsSettings.DEFAULT_ACCOUNT, name, true, Map.of(), List.of(EVERYTHING));
    }
  }

  /** The administrator key of a server that has no identity configured, kept in its folder. */
  record GeneratedAdmin(Path keys) {
    private static final int SECRET_BYTES = 30;

    private static final String FILE = "admin.key";

    /** The key, made now if there is none. */
    GeneratedKey key() throws IOException {
      Path file = keys.resolve(FILE);
      boolean isNew = !Files.exists(file);
      return new GeneratedKey(
          new OwnedKey(kept(), Administrator.named("admin")), file.toAbsolutePath(), isNew);
    }

    private AccessKey kept() throws IOException {
      List<String> lines =
          PrivateFile.readOrCreate(keys, FILE, GeneratedAdmin::generate).lines().toList();
      if (lines.size() != 2) {
        throw new IOException(
            keys.resolve(FILE) + " must hold an access key id and a secret, a line each");
      }
      return new AccessKey(
          lines.get(0), new Secret(lines.get(1)), true, Optional.empty(), Optional.empty());
    }

    private static String generate() {
      byte[] random = new byte[10 + SECRET_BYTES];
      new SecureRandom().nextBytes(random);
      byte[] secret = Arrays.copyOfRange(random, 10, random.length);
      return "AKIA"
          + UniqueId.base32(random, 16)
          + "\n"
          + Base64.getEncoder().encodeToString(secret)
          + "\n";
    }
  }
}
