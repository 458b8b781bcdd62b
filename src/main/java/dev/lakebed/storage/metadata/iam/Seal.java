package dev.lakebed.storage.metadata.iam;

import java.util.Optional;

/** Keeps secrets unreadable in the database. */
public interface Seal {
  /** Seals the secret of an access key, so that it opens under the same id only. */
  byte[] seal(String accessKeyId, SecretText secret);

  /** The secret; empty when it was sealed with a key that is not here. */
  Optional<SecretText> open(String accessKeyId, byte[] sealed);

  /** The same secret under the newest key; empty when it is already, or when no key opens it. */
  Optional<byte[]> renew(String accessKeyId, byte[] sealed);

  /** The secret of an access key, which must never be printed. */
  public record SecretText(String reveal) {
    @Override
    public String toString() {
      return "SecretText[hidden]";
    }
  }
}
