package dev.lakebed.storage.metadata.iam;

/** The kinds of entities, with the words of their ARNs and ids. */
public enum Kind {
  /** The root user of an account, whose path and name are empty; its id is the account. */
  ROOT("root", ""),
  /** A user. */
  USER("user", "AIDA"),
  /** A group of users. */
  GROUP("group", "AGPA"),
  /** A role. */
  ROLE("role", "AROA"),
  /** A managed policy. */
  POLICY("policy", "ANPA"),
  /** An instance profile. */
  INSTANCE_PROFILE("instance-profile", "AIPA"),
  /** An OpenID Connect provider; its name is its URL without scheme. */
  OIDC_PROVIDER("oidc-provider", "AOIP"),
  /** A SAML provider. */
  SAML_PROVIDER("saml-provider", "ASAM");

  private final String resource;
  private final String prefix;

  Kind(String resource, String prefix) {
    this.resource = resource;
    this.prefix = prefix;
  }

  /** The word of ARNs, for example {@code instance-profile}. */
  public String resource() {
    return resource;
  }

  /** The first four letters of ids. */
  public String prefix() {
    return prefix;
  }

  /** The ARN of such an entity. */
  public String arn(String account, String path, String name) {
    return "arn:aws:iam::" + account + ":" + resource + path + name;
  }
}
