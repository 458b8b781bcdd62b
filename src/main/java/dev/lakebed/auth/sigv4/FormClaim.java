package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.form.PostForm;
import dev.lakebed.auth.sigv4.CredentialScope.ScopedKey;
import dev.lakebed.auth.sigv4.LegacyStringToSign.LegacySignature;
import dev.lakebed.auth.sigv4.SignatureClaim.Timestamp;
import dev.lakebed.auth.sigv4.SigningKeys.SigningKey;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
  static final String POLICY = "policy";
  static final String TOKEN = "x-amz-security-token";
  private static final String ALGORITHM = "x-amz-algorithm";
  private static final String CREDENTIAL = "x-amz-credential";
  private static final String DATE = "x-amz-date";
  private static final String SIGNATURE = "x-amz-signature";

  /** Whether a field belongs to such a signature. */
  static boolean isPresent(PostForm form) {
    return Stream.of(SIGNATURE, CREDENTIAL, ALGORITHM)
        .anyMatch(name -> form.field(name).isPresent());
  }

  static FormClaim of(PostForm form) {
    String signature = required(form, SIGNATURE);
    String algorithm = required(form, ALGORITHM);
    if (!algorithm.equals(SignatureClaim.ALGORITHM)) {
      throw SignatureRefusals.queryAlgorithm(algorithm);
    }
    String credential = required(form, CREDENTIAL);
    ScopedKey key =
        ScopedKey.parse(credential)
            .orElseThrow(() -> SignatureRefusals.malformedField(CREDENTIAL, credential));
    String date = required(form, DATE);
    Timestamp time =
        Timestamp.parseBasic(date)
            .filter(parsed -> parsed.isOn(key.scope().date()))
            .orElseThrow(() -> SignatureRefusals.malformedField(DATE, date));
    return new FormClaim(key, time, required(form, POLICY), signature, form.field(TOKEN));
  }

  /** Accepts the signature or refuses the form. */
  void verify(SigningKey signingKey) {
    if (!signingKey.verify(policy, signature)) {
      throw SignatureRefusals.mismatch(
          Map.of(
              "AWSAccessKeyId", key.accessKeyId(),
              "StringToSign", policy,
              "SignatureProvided", signature));
    }
  }

  static String required(PostForm form, String field) {
    return form.field(field).orElseThrow(() -> SignatureRefusals.missingField(field));
  }

  /** Leaves policy, signature and token out. */
  @Override
  public String toString() {
    return "FormClaim[" + key + "]";
  }

  /**
   * What a browser form says about its own signature of version 2. The string to sign is the Base64
   * text of the policy.
   *
   * @param policy Base64 text of the policy
   * @param signature Base64 text as sent
   * @param sessionToken token of a temporary key
   * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/HTTPPOSTForms.html">AWS,
   *     HTML forms</a>
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
        throw SignatureRefusals.mismatch(
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
}
