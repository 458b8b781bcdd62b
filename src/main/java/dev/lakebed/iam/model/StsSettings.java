package dev.lakebed.iam.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The sections {@code sts} and {@code providers}.
 *
 * @param account account of roles that name none
 * @param tokenDuration session length when a request asks for none
 * @param maxSessionLength upper limit for every session
 * @param signingKeys base64 key material for session tokens: the first seals, all open; when there
 *     is none the server's own keys are used
 * @param issuer issuer of the web identity tokens of this server, a URL; without it there are none
 * @param federation identity providers
 */
public record StsSettings(
    String account,
    Optional<Duration> tokenDuration,
    Optional<Duration> maxSessionLength,
    List<Secret> signingKeys,
    Optional<String> issuer,
    FederationSettings federation) {
  /** The account of everything that names no other. */
  public static final String DEFAULT_ACCOUNT = "000000000000";

  /** Copies the list. */
  public StsSettings {
    signingKeys = List.copyOf(signingKeys);
  }

  /** Nothing configured. */
  public static final StsSettings DEFAULT =
      new StsSettings(
          DEFAULT_ACCOUNT,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          FederationSettings.NONE);

  /** The same with other providers. */
  public StsSettings with(FederationSettings providers) {
    return new StsSettings(
        account, tokenDuration, maxSessionLength, signingKeys, issuer, providers);
  }
}
