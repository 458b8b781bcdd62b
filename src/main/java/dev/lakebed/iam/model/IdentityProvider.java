package dev.lakebed.iam.model;

import dev.lakebed.iam.model.AccessKey.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Vouches for people in place of an access key: each kind in its own way. */
public sealed interface IdentityProvider {
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
    public OidcProvider {
      clientIds = List.copyOf(clientIds);
      thumbprints = List.copyOf(thumbprints);
    }

    public OidcProvider withClients(List<String> clients) {
      return new OidcProvider(arn, url, clients, thumbprints);
    }

    public static String arn(String account, String url) {
      return "arn:aws:iam::" + account + ":oidc-provider/" + withoutScheme(url);
    }

    /** Host and path, which name the provider in ARNs and in condition keys. */
    public static String withoutScheme(String url) {
      String bare = url.toLowerCase(Locale.ROOT).startsWith("https://") ? url.substring(8) : url;
      return bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
    }
  }

  /** A SAML 2.0 identity provider whose assertions AssumeRoleWithSAML takes. */
  record SamlProvider(String arn, String metadata) implements IdentityProvider {}

  /**
   * A directory that proves names and passwords; {@code roles} is for requests that name no role.
   */
  record LdapProvider(String arn, String name, Server server, Search search, RoleMapping roles)
      implements IdentityProvider {
    /**
     * The server and this server's own account there.
     *
     * @param anyCertificate whether its TLS certificate is taken unseen
     * @param bindDn the account that searches; empty for an anonymous search
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

    public enum Security {
      /** None: names and passwords can be read on the wire. */
      PLAIN,
      START_TLS,
      TLS
    }

    /**
     * How a user and its groups are found.
     *
     * @param userFilter finds a user; {@code %s} stands for the name, escaped
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
      public Search {
        attributes = Map.copyOf(attributes);
      }
    }

    public static String arn(String account, String name) {
      return "arn:aws:iam::" + account + ":ldap-provider/" + name;
    }
  }
}
