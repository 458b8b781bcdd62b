package dev.lakebed.iam.config;

import dev.lakebed.iam.model.Secret;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An access key that can be guessed.
 *
 * @param accessKeyId which
 * @param reason why, without the secret
 */
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

  /** Says what is weak about a key, if anything. */
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
