package dev.lakebed.auth;

/**
 * A live access key with its secret.
 *
 * @param accessKeyId public part
 * @param secret secret access key; never printed
 * @param principal whom the key stands for
 */
public record Credential(String accessKeyId, String secret, Principal principal) {
  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "Credential[" + accessKeyId + "]";
  }
}
