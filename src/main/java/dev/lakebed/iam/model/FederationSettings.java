package dev.lakebed.iam.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The identity providers of the configuration, by ARN.
 *
 * @param oidc OpenID Connect providers
 * @param oidcOptions what the file says about them
 * @param saml SAML providers
 * @param samlOptions what the file says about them
 * @param ldap directories, in order
 * @param switchedOff ARNs of OpenID Connect and SAML providers that the file has and nobody shall
 *     log in by
 * @param outboundAddresses addresses and CIDR blocks that outbound requests may reach although they
 *     are private
 */
public record FederationSettings(
    Map<String, OidcProvider> oidc,
    Map<String, OidcOptions> oidcOptions,
    Map<String, SamlProvider> saml,
    Map<String, SamlOptions> samlOptions,
    List<LdapProvider> ldap,
    Set<String> switchedOff,
    List<String> outboundAddresses) {
  /** No providers. */
  public static final FederationSettings NONE =
      new FederationSettings(
          Map.of(), Map.of(), Map.of(), Map.of(), List.of(), Set.of(), List.of());

  /** The provider of any kind that has that ARN. */
  public Optional<IdentityProvider> find(String arn) {
    return Stream.of(oidc.values(), saml.values(), ldap)
        .<IdentityProvider>flatMap(Collection::stream)
        .filter(provider -> provider.arn().equals(arn))
        .findFirst();
  }

  /** Whether the file has that ARN for itself, in whatever case: nobody else may take it. */
  public boolean reserves(String arn) {
    return Stream.of(oidc.keySet(), saml.keySet(), switchedOff)
        .flatMap(Set::stream)
        .anyMatch(arn::equalsIgnoreCase);
  }

  /** Copies the collections. */
  public FederationSettings {
    oidc = Map.copyOf(oidc);
    oidcOptions = Map.copyOf(oidcOptions);
    saml = Map.copyOf(saml);
    samlOptions = Map.copyOf(samlOptions);
    ldap = List.copyOf(ldap);
    switchedOff = Set.copyOf(switchedOff);
    outboundAddresses = List.copyOf(outboundAddresses);
  }
}
