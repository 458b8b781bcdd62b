package dev.lakebed.iam.model;

import dev.lakebed.iam.model.AccessKey.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Vouches for people in place of an access key: each kind in its own way. */
public sealed interface IdentityProvider {
  /** Its ARN. */
  String arn();

  /**
   * An OpenID Connect provider whose tokens AssumeRoleWithWebIdentity takes.
   *
   * @param arn {@code arn:aws:iam::<account>:oidc-provider/<url without scheme>}
   * @param url issuer, with scheme
   * @param clientIds audiences, at most 100
   * @param thumbprints SHA-1 of certificates of its TLS chain, 40 hexadecimal digits each; may be
   *     empty
   */
  record OidcProvider(String arn, String url, List<String> clientIds, List<String> thumbprints)
      implements IdentityProvider {
    /** Copies the lists. */
    public OidcProvider {
      clientIds = List.copyOf(clientIds);
      thumbprints = List.copyOf(thumbprints);
    }

    /** The ARN of the provider with that URL. */
    public static String arn(String account, String url) {
      return "arn:aws:iam::" + account + ":oidc-provider/" + withoutScheme(url);
    }

    /** Host and path, which name the provider in ARNs and in condition keys. */
    public static String withoutScheme(String url) {
      String bare = url.toLowerCase(Locale.ROOT).startsWith("https://") ? url.substring(8) : url;
      return bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
    }
  }

  /**
   * A SAML 2.0 identity provider whose assertions AssumeRoleWithSAML takes.
   *
   * @param arn {@code arn:aws:iam::<account>:saml-provider/<name>}
   * @param metadata the metadata document as given
   */
  record SamlProvider(String arn, String metadata) implements IdentityProvider {}

  /**
   * A directory that proves names and passwords.
   *
   * @param arn {@code arn:aws:iam::<account>:ldap-provider/<name>}; AWS has no such provider
   * @param name name in the configuration
   * @param server host, port and how to talk to it
   * @param search how a user and its groups are found
   * @param roles which role a user gets when the request names none
   */
  record LdapProvider(String arn, String name, Server server, Search search, RoleMapping roles)
      implements IdentityProvider {
    /**
     * The server and this server's own account there.
     *
     * @param host name or address
     * @param port TCP port
     * @param security how the connection is protected
     * @param anyCertificate whether its TLS certificate is taken unseen
     * @param bindDn the account that searches; empty for an anonymous search
     * @param bindPassword its password
     * @param timeout of connecting and of each answer
     * @param connections most connections kept open
     */
    public record Server(
        String host,
        int port,
        Security security,
        boolean anyCertificate,
        String bindDn,
        Secret bindPassword,
        Duration timeout,
        int connections) {}

    /** Protection of the connection. */
    public enum Security {
      /** None: names and passwords can be read on the wire. */
      PLAIN,
      /** StartTLS on the plain port. */
      START_TLS,
      /** TLS from the first byte. */
      TLS
    }

    /**
     * How a user and its groups are found.
     *
     * @param baseDn where users are
     * @param userFilter finds a user; {@code %s} stands for the name, escaped
     * @param groupBaseDn where groups are
     * @param groupFilter finds groups; {@code %s} and {@code %d} stand for the user's DN, {@code
     *     %u} for the name, escaped; empty when the user's own entry names its groups
     * @param attributes attribute names by what they mean: email, displayName, groups, uid
     */
    public record Search(
        String baseDn,
        String userFilter,
        String groupBaseDn,
        String groupFilter,
        Map<String, String> attributes) {
      /** Copies the map. */
      public Search {
        attributes = Map.copyOf(attributes);
      }
    }

    /** The ARN of the directory with that name. */
    public static String arn(String account, String name) {
      return "arn:aws:iam::" + account + ":ldap-provider/" + name;
    }
  }
}
