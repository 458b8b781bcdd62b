package dev.lakebed.auth;

/**
 * What a signature is good for.
 *
 * @param region as the client wrote it; empty for version 2, which names none
 * @param service for example {@code s3}
 */
public record SignedScope(String region, String service, SignatureVersion version) {
  /** The scope of Signature Version 2, which is of S3 only. */
  public static final SignedScope VERSION_2 = new SignedScope("", "s3", SignatureVersion.V2);

  /** A scope of Signature Version 4. */
  public SignedScope(String region, String service) {
    this(region, service, SignatureVersion.V4);
  }
}
