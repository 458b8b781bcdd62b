package dev.lakebed.kit;

import java.util.Optional;

/** What a request is signed with. */
public record Keys(String access, String secret, Optional<String> token) {
  /** Nobody's: requests go unsigned. */
  public static final Keys NONE = of("", "");

  /** A long-term key. */
  public static Keys of(String access, String secret) {
    return new Keys(access, secret, Optional.empty());
  }

  /** The key in an answer of STS or IAM. */
  public static Keys in(Answer issued) {
    return new Keys(
        issued.element("AccessKeyId"),
        issued.element("SecretAccessKey"),
        Optional.of(issued.element("SessionToken")).filter(token -> !token.isEmpty()));
  }

  /** The same key with another token. */
  public Keys withToken(String other) {
    return new Keys(access, secret, Optional.of(other));
  }
}
