package dev.lakebed.iam.model;

import java.util.List;
import java.util.Locale;

/**
 * An OpenID Connect provider whose tokens AssumeRoleWithWebIdentity takes.
 *
 * @param arn {@code arn:aws:iam::<account>:oidc-provider/<url without scheme>}
 * @param url issuer, with scheme
 * @param clientIds audiences, at most 100
 * @param thumbprints SHA-1 of certificates of its TLS chain, 40 hexadecimal digits each; may be
 *     empty
 */
public record OidcProvider(String arn, String url, List<String> clientIds, List<String> thumbprints)
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
