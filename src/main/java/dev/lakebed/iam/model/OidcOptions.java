package dev.lakebed.iam.model;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the configuration says about an OpenID Connect provider beyond what IAM knows of one.
 *
 * @param names other names of the provider that trust policies may use: its issuer, and its name in
 *     the file
 * @param jwksUri where its keys are; without it discovery tells
 * @param keysLife how long fetched keys are used
 * @param caCertificate PEM file with the authorities that its TLS certificate must come from
 * @param anyCertificate whether its TLS certificate is taken unseen
 * @param http whether it may be asked without TLS
 * @param named whether the operator wrote its address, so that it may be a private one
 * @param tagKeys principal tags that its tokens may set; without it all
 * @param claims claim names of role mapping, to claim names of its tokens
 * @param roles which role a token gets when the request names none
 */
public record OidcOptions(
    Set<String> names,
    Optional<URI> jwksUri,
    Duration keysLife,
    Optional<Path> caCertificate,
    boolean anyCertificate,
    boolean http,
    boolean named,
    Optional<Set<String>> tagKeys,
    Map<String, String> claims,
    RoleMapping roles) {
  /** How long keys are used unless the configuration says otherwise. */
  public static final Duration KEYS_LIFE = Duration.ofHours(1);

  /** For providers that no file names. */
  public static final OidcOptions DEFAULT =
      new OidcOptions(
          Set.of(),
          Optional.empty(),
          KEYS_LIFE,
          Optional.empty(),
          false,
          false,
          false,
          Optional.empty(),
          Map.of(),
          RoleMapping.NONE);

  /** Copies the collections. */
  public OidcOptions {
    names = Set.copyOf(names);
    tagKeys = tagKeys.map(Set::copyOf);
    claims = Map.copyOf(claims);
  }
}
