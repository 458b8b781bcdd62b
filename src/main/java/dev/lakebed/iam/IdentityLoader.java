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
import dev.lakebed.iam.session.SessionTokens;
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
  private static final int SECRET_BYTES = 30;
  private static final String FILE = "admin.key";
  private static final Policy EVERYTHING =
      Policy.parse(
          "AdministratorAccess",
          """
          {"Version":"2012-10-17","Statement":[
           {"Effect":"Allow","Action":"*","Resource":"*"}]}\
          """,
          Policy.Kind.IDENTITY);

  private final List<Path> files;
  private final Map<String, String> environment;
  private final Path keys;

  /** Takes configuration files, which may be none, and the folder of generated keys. */
  public IdentityLoader(List<Path> files, Map<String, String> environment, Path keys) {
    this.files = List.copyOf(files);
    this.environment = Map.copyOf(environment);
    this.keys = keys;
  }

  List<Path> files() {
    return files;
  }

  /**
   * Reads everything anew; InvalidConfigException has every problem of the files,
   * UncheckedIOException says that a generated key cannot be read or written.
   */
  public Identities load() {
    IamConfig config = IamConfig.load(files, environment);
    List<String> warnings = new ArrayList<>(config.warnings());
    List<WeakKey> weakKeys = new ArrayList<>(config.weakKeys());
    boolean inFiles = !config.snapshot().hasNobody();
    EnvironmentKeys given = new EnvironmentKeys(environment, warnings, weakKeys, new ArrayList<>());
    IamSnapshot snapshot = given.addTo(config.snapshot());
    Optional<GeneratedKey> generated = Optional.empty();
    if (snapshot.hasNobody()) {
      try {
        generated = Optional.of(generated());
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
      snapshot = snapshot.with(administrator("admin"), generated.get().owned().key());
    }
    return new Identities(snapshot, inFiles, generated, given.administrators(), weakKeys, warnings);
  }

  /** A user that may do everything and comes from no file. */
  private static User administrator(String name) {
    return new User(StsSettings.DEFAULT_ACCOUNT, name, true, Map.of(), List.of(EVERYTHING));
  }

  /** The administrator's key of a server that has no identity configured, made if there is none. */
  private GeneratedKey generated() throws IOException {
    Path file = keys.resolve(FILE);
    boolean isNew = !Files.exists(file);
    List<String> lines =
        PrivateFile.readOrCreate(keys, FILE, IdentityLoader::generate).lines().toList();
    if (lines.size() != 2) {
      throw new IOException(file + " must hold an access key id and a secret, a line each");
    }
    AccessKey key = key(lines.get(0), new Secret(lines.get(1)));
    return new GeneratedKey(
        new OwnedKey(key, administrator("admin")), file.toAbsolutePath(), isNew);
  }

  private static AccessKey key(String id, Secret secret) {
    return new AccessKey(id, secret, true, Optional.empty(), Optional.empty());
  }

  private static String generate() {
    byte[] random = new byte[10 + SECRET_BYTES];
    new SecureRandom().nextBytes(random);
    byte[] secret = Arrays.copyOfRange(random, 10, random.length);
    return "AKIA%s\n%s\n"
        .formatted(UniqueId.base32(random, 16), Base64.getEncoder().encodeToString(secret));
  }

  /**
   * Administrator keys from the environment: {@code LAKEBED_ACCESS_KEY} and {@code
   * LAKEBED_SECRET_KEY}, or AWS's names as SeaweedFS reads them. They never take over a key or a
   * user that a file defines. What is found is added to the lists.
   *
   * @param administrators a sentence for each key
   */
  private record EnvironmentKeys(
      Map<String, String> environment,
      List<String> warnings,
      List<WeakKey> weakKeys,
      List<String> administrators) {
    private static final int NAME_DIGITS = 8;

    IamSnapshot addTo(IamSnapshot snapshot) {
      return add(
          add(snapshot, "LAKEBED_ACCESS_KEY", "LAKEBED_SECRET_KEY"),
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY");
    }

    private IamSnapshot add(IamSnapshot snapshot, String idVariable, String secretVariable) {
      String id = environment.getOrDefault(idVariable, "");
      String secret = environment.getOrDefault(secretVariable, "");
      if (id.isEmpty() && secret.isEmpty()) {
        return snapshot;
      }
      User user = administrator("admin-" + id.substring(0, Math.min(NAME_DIGITS, id.length())));
      Optional<String> obstacle = obstacle(snapshot, id, secret, user);
      if (obstacle.isPresent()) {
        warnings.add(idVariable + " is ignored: " + obstacle.get());
        return snapshot;
      }
      Secret hidden = new Secret(secret);
      WeakKey.check(id, hidden).ifPresent(weakKeys::add);
      administrators.add(
          "%s is set: the access key %s may do everything, as user %s"
              .formatted(idVariable, id, user.name()));
      return snapshot.with(user, key(id, hidden));
    }

    private static Optional<String> obstacle(
        IamSnapshot snapshot, String id, String secret, User user) {
      if (id.isEmpty() || secret.isEmpty()) {
        return Optional.of("id and secret must both be set");
      }
      if (!id.matches("[!-~&&[^/,]]{1,128}")) {
        return Optional.of("it is not the form of an access key id");
      }
      if (SessionTokens.isTemporary(id)) {
        return Optional.of("it is a temporary key of another service");
      }
      if (snapshot.key(id).isPresent()) {
        return Optional.of("the configuration maps this key to a user already");
      }
      return snapshot.user(user.arn()).isPresent()
          ? Optional.of("the configuration defines the user " + user.name())
          : Optional.empty();
    }
  }
}
