package dev.lakebed.iam.model;

import java.time.Duration;
import java.util.Optional;

/**
 * The sections {@code sts} and {@code providers}.
 *
 * @param account account of roles that name none
 * @param tokenDuration session length when a request asks for none
 * @param maxSessionLength upper limit for every session
 * @param signingKey base64 key material for session tokens; without it the server's own is used
 * @param issuer issuer of the web identity tokens of this server, a URL; without it there are none
 * @param federation identity providers
 */
public record StsSettings(
    String account,
    Optional<Duration> tokenDuration,
    Optional<Duration> maxSessionLength,
    Optional<Secret> signingKey,
    Optional<String> issuer,
    FederationSettings federation) {
  /** The account of everything that names no other. */
  public static final String DEFAULT_ACCOUNT = "000000000000";

  /** Nothing configured. */
  public static final StsSettings DEFAULT =
      new StsSettings(
          DEFAULT_ACCOUNT,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          FederationSettings.NONE);

  /** The same with other providers. */
  public StsSettings with(FederationSettings providers) {
    return new StsSettings(account, tokenDuration, maxSessionLength, signingKey, issuer, providers);
  }
}
