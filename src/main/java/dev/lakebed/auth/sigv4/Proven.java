package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.Principal;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks for credentials and principals; refusals tell the access key, as S3's errors do. */
final class Proven {
  private Proven() {}

  /** The secret to compare with. Nothing is told of what stands behind it. */
  static Credential credential(
      CredentialLookup credentials, String accessKeyId, Optional<String> token) {
    return naming(accessKeyId, () -> credentials.find(accessKeyId, token));
  }

  /** Whom the key stands for; asked only after the signature was accepted. */
  static Principal principal(Credential credential) {
    return naming(credential.accessKeyId(), credential::principal);
  }

  private static <T> T naming(String accessKeyId, Supplier<T> lookup) {
    try {
      return lookup.get();
    } catch (AuthenticationException refused) {
      throw refused.with("AWSAccessKeyId", accessKeyId);
    }
  }
}
