package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.form.PostForm;
import java.util.Map;
import java.util.Optional;

/**
 * What a browser form says about its own signature. The string to sign is the Base64 text of the
 * policy.
 *
 * @param key access key id and scope
 * @param time signing time
 * @param policy Base64 text of the policy
 * @param signature the signature as sent
 * @param sessionToken token of a temporary key
 */
record FormClaim(
    ScopedKey key, Timestamp time, String policy, String signature, Optional<String> sessionToken) {
  private static final String POLICY = "policy";
  private static final String ALGORITHM = "x-amz-algorithm";
  private static final String CREDENTIAL = "x-amz-credential";
  private static final String DATE = "x-amz-date";
  private static final String SIGNATURE = "x-amz-signature";

  /** The claim of a form; empty when none of its fields belongs to a signature. */
  static Optional<FormClaim> of(PostForm form) {
    if (form.field("awsaccesskeyid").isPresent()) {
      throw Refusals.version2();
    }
    if (form.field(POLICY).isEmpty()
        && form.field(SIGNATURE).isEmpty()
        && form.field(CREDENTIAL).isEmpty()) {
      return Optional.empty();
    }
    String algorithm = required(form, ALGORITHM);
    if (!algorithm.equals(SignatureClaim.ALGORITHM)) {
      throw Refusals.algorithm(algorithm);
    }
    ScopedKey key =
        ScopedKey.parse(required(form, CREDENTIAL))
            .orElseThrow(() -> Refusals.postPolicy("The field x-amz-credential is malformed."));
    Timestamp time =
        Timestamp.parseBasic(required(form, DATE))
            .orElseThrow(() -> Refusals.postPolicy("The field x-amz-date is malformed."));
    if (!time.isOn(key.scope().date())) {
      throw Refusals.postPolicy("The date of x-amz-credential is not that of x-amz-date.");
    }
    return Optional.of(
        new FormClaim(
            key,
            time,
            required(form, POLICY),
            required(form, SIGNATURE),
            form.field("x-amz-security-token")));
  }

  /** Accepts the signature or refuses the form. */
  void verify(SigningKey signingKey) {
    if (!signingKey.verify(policy, signature)) {
      throw new AuthenticationException(
          AuthenticationException.Reason.SIGNATURE_MISMATCH,
          "The request signature we calculated does not match the signature you provided. Check"
              + " your key and signing method.",
          Map.of(
              "AWSAccessKeyId", key.accessKeyId(),
              "StringToSign", policy,
              "SignatureProvided", signature));
    }
  }

  private static String required(PostForm form, String field) {
    return form.field(field)
        .orElseThrow(
            () -> Refusals.postPolicy("Bucket POST must contain a field named '" + field + "'."));
  }

  /** Leaves policy, signature and token out. */
  @Override
  public String toString() {
    return "FormClaim[" + key + "]";
  }
}
