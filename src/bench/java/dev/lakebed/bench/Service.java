package dev.lakebed.bench;

/** A service name of the SigV4 credential scope, with its rule for the canonical path. */
enum Service {
  S3("s3"),
  STS("sts"),
  IAM("iam"),
  S3TABLES("s3tables");

  private final String scope;

  Service(String scope) {
    this.scope = scope;
  }

  String scope() {
    return scope;
  }

  /**
   * The path as it is signed: S3 signs the encoded path as sent, every other service encodes it
   * once more (AWS SigV4). The paths sent here hold no dot segments and no doubled slashes.
   */
  String canonicalPath(String encodedPath) {
    return this == S3 ? encodedPath : encodedPath.replace("%", "%25");
  }
}
