package dev.lakebed.iam.config;

import dev.lakebed.iam.model.Secret;
import dev.lakebed.iam.model.StsSettings;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code sts}. */
final class StsSection {
  /** What the documentation of SeaweedFS prints where a key belongs. */
  static final String PLACEHOLDER = "BASE64_ENCODED_SIGNING_KEY";

  static final Duration SHORTEST = Duration.ofMinutes(15);

  /** The longest life AWS gives temporary credentials. */
  static final Duration LONGEST = Duration.ofHours(36);

  static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

  private static final int MIN_KEY_BYTES = 16;

  private StsSection() {}

  static StsSettings read(Fields sts, Findings findings) {
    try (sts) {
      sts.accept("issuer");
      return new StsSettings(
          sts.find("accountId")
              .flatMap(id -> id.text(ACCOUNT, "a twelve-digit account"))
              .orElse(StsSettings.DEFAULT_ACCOUNT),
          sts.find("tokenDuration").flatMap(d -> Durations.parse(d, SHORTEST, LONGEST)),
          sts.find("maxSessionLength").flatMap(d -> Durations.parse(d, SHORTEST, LONGEST)),
          sts.find("signingKey").flatMap(key -> signingKey(key, findings)));
    }
  }

  private static Optional<Secret> signingKey(Element key, Findings findings) {
    Optional<String> text = key.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().equals(PLACEHOLDER)) {
      findings.warn(
          key, "is the placeholder of the documentation; this server's own key is used instead");
      return Optional.empty();
    }
    try {
      if (Base64.getDecoder().decode(text.get()).length >= MIN_KEY_BYTES) {
        return text.map(Secret::new);
      }
      key.problem("must be base64 of at least " + MIN_KEY_BYTES + " bytes");
    } catch (IllegalArgumentException notBase64) {
      key.problem("must be base64");
    }
    return Optional.empty();
  }
}
