package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.Authenticated.SignedScope;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.form.PostForm;
import dev.lakebed.auth.form.PostPolicy;
import dev.lakebed.auth.sigv4.CredentialScope.ScopedKey;
import dev.lakebed.auth.sigv4.TimeLimits.Timestamp;
import dev.lakebed.http.Request;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Verifies browser uploads by the signature over their policy, and the form by the policy. */
record FormSignatures(
    CredentialLookup credentials,
    SignatureSettings settings,
    Clock clock,
    SigningKeys signingKeys) {
  /** See {@link Authenticator#authenticateForm}. */
  Authenticated authenticate(Request request, String bucket, PostForm form) {
    boolean version4 = FormClaim.isVersion4(form);
    if (FormClaim.isVersion2(form)) {
      if (version4) {
        throw SignatureRefusals.twoSignatures();
      }
      settings.requireVersion2("s3");
      return verified(request, bucket, form, FormClaim.version2(form));
    }
    // A policy without a signature is a form that lost it.
    if (version4 || form.field(FormClaim.POLICY).isPresent()) {
      return verified(request, bucket, form, FormClaim.version4(form));
    }
    return Authenticated.anonymous(credentials.anonymous(), request.withBody(form.content()));
  }

  private Authenticated verified(Request request, String bucket, PostForm form, FormClaim claim) {
    claim.scope().ifPresent(scope -> settings.requireScope(scope, AuthType.POST_FORM, "s3"));
    Credential credential = credentials.find(claim.accessKeyId(), claim.sessionToken());
    claim.verify(credential.secret(), signingKeys);
    Principal principal = credential.principal();
    PostPolicy policy = PostPolicy.parse(claim.policy());
    policy.require(form, bucket, clock.instant());
    if (claim.scope().isEmpty()) {
      LegacySignatures.requireWithin(policy.expiration(), clock.instant());
    }
    return new Authenticated(
        principal,
        request.withBody(policy.sized(form)),
        AuthType.POST_FORM,
        Optional.of(credential.accessKeyId()),
        claim.signedAt(),
        Optional.of(claim.scope().map(CredentialScope::signed).orElse(SignedScope.VERSION_2)));
  }

  /**
   * What a browser form says about its own signature. The string to sign is the Base64 text of the
   * policy. Version 2 tells neither scope nor signing time.
   *
   * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/HTTPPOSTForms.html">AWS</a>
   */
  record FormClaim(
      String accessKeyId,
      Optional<CredentialScope> scope,
      Optional<Instant> signedAt,
      String policy,
      String signature,
      Optional<String> sessionToken) {
    static final String POLICY = "policy";
    private static final String TOKEN = "x-amz-security-token";
    private static final String ALGORITHM = "x-amz-algorithm";
    private static final String CREDENTIAL = "x-amz-credential";
    private static final String DATE = "x-amz-date";
    private static final String SIGNATURE = "x-amz-signature";
    private static final String LEGACY_KEY = "awsaccesskeyid";
    private static final String LEGACY_SIGNATURE = "signature";

    static boolean isVersion4(PostForm form) {
      return hasAny(form, SIGNATURE, CREDENTIAL, ALGORITHM);
    }

    static boolean isVersion2(PostForm form) {
      return hasAny(form, LEGACY_KEY, LEGACY_SIGNATURE);
    }

    private static boolean hasAny(PostForm form, String... names) {
      return Stream.of(names).anyMatch(name -> form.field(name).isPresent());
    }

    static FormClaim version4(PostForm form) {
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
      return new FormClaim(
          key.accessKeyId(),
          Optional.of(key.scope()),
          Optional.of(time.instant()),
          required(form, POLICY),
          signature,
          form.field(TOKEN));
    }

    static FormClaim version2(PostForm form) {
      return new FormClaim(
          required(form, LEGACY_KEY),
          Optional.empty(),
          Optional.empty(),
          required(form, POLICY),
          required(form, LEGACY_SIGNATURE),
          form.field(TOKEN));
    }

    private static String required(PostForm form, String field) {
      return form.field(field).orElseThrow(() -> SignatureRefusals.missingField(field));
    }

    /** Accepts the signature or refuses the form. */
    void verify(String secret, SigningKeys keys) {
      boolean fits =
          scope.isPresent()
              ? keys.get(secret, scope.get()).verify(policy, signature)
              : LegacyStringToSign.fits(secret, LegacyStringToSign.bytes(policy), signature);
      if (!fits) {
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
      return "FormClaim[" + accessKeyId + ", " + scope + "]";
    }
  }
}
