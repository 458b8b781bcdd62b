package dev.lakebed.auth;

/** How a signature is made. */
public enum SignatureVersion {
  /** HMAC-SHA1 over a few parts of the request. */
  V2("AWS"),
  /** HMAC-SHA256 over the request. */
  V4("AWS4-HMAC-SHA256");

  private final String conditionValue;

  SignatureVersion(String conditionValue) {
    this.conditionValue = conditionValue;
  }

  /** Value of the condition key {@code s3:signatureversion}. */
  String conditionValue() {
    return conditionValue;
  }
}
