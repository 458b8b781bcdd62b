package dev.lakebed.iam;

import dev.lakebed.iam.model.AccessKey;
import dev.lakebed.iam.model.OwnedKey;
import dev.lakebed.iam.model.Secret;
import dev.lakebed.iam.model.UniqueId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The administrator key made for a server that has no identity configured. Kept in its folder. */
final class GeneratedAdmin {
  private static final int SECRET_BYTES = 30;

  private static final String FILE = "admin.key";

  private final Path keys;

  GeneratedAdmin(Path keys) {
    this.keys = keys;
  }

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
