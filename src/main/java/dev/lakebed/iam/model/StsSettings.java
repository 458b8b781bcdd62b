package dev.lakebed.iam.model;

import dev.lakebed.iam.model.AccessKey.Secret;
import dev.lakebed.iam.model.IdentityProvider.LdapProvider;
import dev.lakebed.iam.model.IdentityProvider.OidcProvider;
import dev.lakebed.iam.model.IdentityProvider.SamlProvider;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The sections {@code sts} and {@code providers}.
 *
 * @param account account of roles that name none
 * @param tokenDuration session length when a request asks for none
 * @param maxSessionLength upper limit for every session
 * @param signingKeys base64 key material for session tokens: the first seals, all open; when there
 *     is none the server's own keys are used
 * @param issuer issuer of the web identity tokens of this server, a URL; without it there are none
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

  public StsSettings {
    signingKeys = List.copyOf(signingKeys);
  }

  public static final StsSettings DEFAULT =
      new StsSettings(
          DEFAULT_ACCOUNT,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          FederationSettings.NONE);

  public StsSettings with(FederationSettings providers) {
    return new StsSettings(
        account, tokenDuration, maxSessionLength, signingKeys, issuer, providers);
  }

  /**
   * The identity providers of the configuration, by ARN.
   *
   * @param switchedOff ARNs of OpenID Connect and SAML providers that the file has and nobody shall
   *     log in by
   * @param outboundAddresses addresses and CIDR blocks that outbound requests may reach although
   *     they are private
   */
  public record FederationSettings(
      Map<String, OidcProvider> oidc,
      Map<String, OidcOptions> oidcOptions,
      Map<String, SamlProvider> saml,
      Map<String, SamlOptions> samlOptions,
      List<LdapProvider> ldap,
      Set<String> switchedOff,
      List<String> outboundAddresses) {
    public static final FederationSettings NONE =
        new FederationSettings(
            Map.of(), Map.of(), Map.of(), Map.of(), List.of(), Set.of(), List.of());

    /** The same with other addresses that outbound requests may reach. */
    public FederationSettings reaching(List<String> addresses) {
      return new FederationSettings(
          oidc, oidcOptions, saml, samlOptions, ldap, switchedOff, addresses);
    }

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

  /**
   * What the configuration says about an OpenID Connect provider beyond what IAM knows of one.
   *
   * @param names other names of the provider that trust policies may use: its issuer, and its name
   *     in the file
   * @param caCertificate PEM file with the authorities that its TLS certificate must come from
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

    public OidcOptions {
      names = Set.copyOf(names);
      tagKeys = tagKeys.map(Set::copyOf);
      claims = Map.copyOf(claims);
    }
  }

  /**
   * Whom assertions may be made out to.
   *
   * @param audiences what AudienceRestriction may name
   * @param recipients what Recipient and Destination may name
   */
  public record SamlOptions(Set<String> audiences, Set<String> recipients) {
    private static final String AWS_SIGN_IN = "https://signin.aws.amazon.com/saml";

    /**
     * What identity providers that are set up for AWS write.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html">AWS,
     *     SAML assertions</a>
     */
    public static final SamlOptions DEFAULT =
        new SamlOptions(Set.of(AWS_SIGN_IN, "urn:amazon:webservices"), Set.of(AWS_SIGN_IN));

    public SamlOptions {
      audiences = Set.copyOf(audiences);
      recipients = Set.copyOf(recipients);
    }
  }
}
