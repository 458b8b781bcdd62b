package dev.lakebed.iam.model;

import java.time.Duration;
import java.util.Optional;

/**
 * The {@code sts} section.
 *
 * @param account account of roles that name none
 * @param tokenDuration session length when a request asks for none
 * @param maxSessionLength upper limit for every session
 * @param signingKey base64 key material for session tokens; without it the server's own is used
 */
public record StsSettings(
    String account,
    Optional<Duration> tokenDuration,
    Optional<Duration> maxSessionLength,
    Optional<Secret> signingKey) {
  /** The account of everything that names no other. */
  public static final String DEFAULT_ACCOUNT = "000000000000";

  /** Nothing configured. */
  public static final StsSettings DEFAULT =
      new StsSettings(DEFAULT_ACCOUNT, Optional.empty(), Optional.empty(), Optional.empty());
}
