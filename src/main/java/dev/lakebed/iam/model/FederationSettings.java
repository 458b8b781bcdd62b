package dev.lakebed.iam.model;

import java.util.List;
import java.util.Map;

/**
 * The identity providers of the configuration, by ARN.
 *
 * @param oidc OpenID Connect providers
 * @param oidcOptions what the file says about them
 * @param saml SAML providers
 * @param samlOptions what the file says about them
 * @param ldap directories, in order
 * @param outboundAddresses addresses and CIDR blocks that outbound requests may reach although they
 *     are private
 */
public record FederationSettings(
    Map<String, OidcProvider> oidc,
    Map<String, OidcOptions> oidcOptions,
    Map<String, SamlProvider> saml,
    Map<String, SamlOptions> samlOptions,
    List<LdapProvider> ldap,
    List<String> outboundAddresses) {
  /** No providers. */
  public static final FederationSettings NONE =
      new FederationSettings(Map.of(), Map.of(), Map.of(), Map.of(), List.of(), List.of());

  /** Whether a provider of any kind has that ARN. */
  public boolean has(String arn) {
    return oidc.containsKey(arn)
        || saml.containsKey(arn)
        || ldap.stream().anyMatch(provider -> provider.arn().equals(arn));
  }

  /** Copies the collections. */
  public FederationSettings {
    oidc = Map.copyOf(oidc);
    oidcOptions = Map.copyOf(oidcOptions);
    saml = Map.copyOf(saml);
    samlOptions = Map.copyOf(samlOptions);
    ldap = List.copyOf(ldap);
    outboundAddresses = List.copyOf(outboundAddresses);
  }
}
