package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.form.PostForm;
import java.util.Map;
import java.util.Optional;

/**
 * What a browser form says about its own signature of version 2. The string to sign is the Base64
 * text of the policy.
 *
 * @param policy Base64 text of the policy
 * @param signature Base64 text as sent
 * @param sessionToken token of a temporary key
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/HTTPPOSTForms.html">AWS, HTML
 *     forms</a>
 */
record LegacyFormClaim(
    String accessKeyId, String policy, String signature, Optional<String> sessionToken) {
  private static final String KEY = "awsaccesskeyid";
  private static final String SIGNATURE = "signature";

  /** Whether a field belongs to such a signature. */
  static boolean isPresent(PostForm form) {
    return form.field(KEY).isPresent() || form.field(SIGNATURE).isPresent();
  }

  static LegacyFormClaim of(PostForm form) {
    return new LegacyFormClaim(
        FormClaim.required(form, KEY),
        FormClaim.required(form, FormClaim.POLICY),
        FormClaim.required(form, SIGNATURE),
        form.field(FormClaim.TOKEN));
  }

  /** Accepts the signature or refuses the form. */
  void verify(String secret) {
    if (!LegacySignature.fits(secret, Bytes.of(policy), signature)) {
      throw Refusals.mismatch(
          Map.of(
              "AWSAccessKeyId", accessKeyId,
              "StringToSign", policy,
              "SignatureProvided", signature));
    }
  }

  /** Leaves policy, signature and token out. */
  @Override
  public String toString() {
    return "LegacyFormClaim[" + accessKeyId + "]";
  }
}
