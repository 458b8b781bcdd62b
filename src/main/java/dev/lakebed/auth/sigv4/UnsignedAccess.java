package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.Principal;
import java.util.Set;

/**
 * Where a request may come unsigned. S3 has public buckets, which its own operations know about;
 * STS has the log-ins. Every other service serves nobody, unless the configuration gives nobody
 * rights on it: tables and table buckets cannot be public (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-setting-up.html">AWS,
 * Access management for S3 Tables</a>).
 */
final class UnsignedAccess {
  /**
   * Most bytes of an unsigned body that is read into memory: a SAML assertion of 100,000 characters
   * (AWS, AssumeRoleWithSAML), escaped, and a session policy.
   */
  static final int MOST_BYTES = 160 * 1024;

  private static final Set<String> OPEN = Set.of("s3", "sts");

  private UnsignedAccess() {}

  /**
   * Refuses from the head, before anything of the body is read.
   *
   * @throws AuthenticationException with {@code MISSING_AUTHENTICATION}
   */
  static void require(String service, Principal.Anonymous nobody) {
    boolean granted =
        nobody.grants().identity().stream().anyMatch(policy -> policy.grants(service));
    if (!OPEN.contains(service) && !granted) {
      throw Refusals.missing("Request is missing Authentication Token");
    }
  }
}
