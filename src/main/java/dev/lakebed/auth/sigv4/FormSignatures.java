package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.Authenticated.SignedScope;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.form.PostForm;
import dev.lakebed.auth.form.PostPolicy;
import dev.lakebed.auth.sigv4.FormClaim.LegacyFormClaim;
import dev.lakebed.auth.sigv4.LegacySignatures.LegacyRules;
import dev.lakebed.http.Request;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Verifies browser uploads by the signature over their policy, and the form by the policy. */
final class FormSignatures {
  private final CredentialLookup credentials;
  private final SignatureSettings settings;
  private final Clock clock;
  private final SigningKeys signingKeys;

  FormSignatures(
      CredentialLookup credentials,
      SignatureSettings settings,
      Clock clock,
      SigningKeys signingKeys) {
    this.credentials = credentials;
    this.settings = settings;
    this.clock = clock;
    this.signingKeys = signingKeys;
  }

  /** See {@link Authenticator#authenticateForm}. */
  Authenticated authenticate(Request request, String bucket, PostForm form) {
    boolean version4 = FormClaim.isPresent(form);
    if (LegacyFormClaim.isPresent(form)) {
      if (version4) {
        throw SignatureRefusals.twoSignatures();
      }
      return legacy(request, bucket, form);
    }
    // A policy without a signature is a form that lost it.
    return version4 || form.field(FormClaim.POLICY).isPresent()
        ? signed(request, bucket, form)
        : Authenticated.anonymous(credentials.anonymous(), request.withBody(form.content()));
  }

  private Authenticated signed(Request request, String bucket, PostForm form) {
    FormClaim claim = FormClaim.of(form);
    settings.requireScope(claim.key().scope(), AuthType.POST_FORM, "s3");
    Credential credential =
        Proven.credential(credentials, claim.key().accessKeyId(), claim.sessionToken());
    claim.verify(signingKeys.get(credential.secret(), claim.key().scope()));
    Principal principal = Proven.principal(credential);
    PostPolicy policy = PostPolicy.parse(claim.policy());
    policy.require(form, bucket, clock.instant());
    return accepted(
        principal,
        request.withBody(policy.sized(form)),
        credential,
        Optional.of(claim.time().instant()),
        claim.key().scope().signed());
  }

  private Authenticated legacy(Request request, String bucket, PostForm form) {
    settings.requireVersion2("s3");
    LegacyFormClaim claim = LegacyFormClaim.of(form);
    Credential credential =
        Proven.credential(credentials, claim.accessKeyId(), claim.sessionToken());
    claim.verify(credential.secret());
    Principal principal = Proven.principal(credential);
    PostPolicy policy = PostPolicy.parse(claim.policy());
    policy.require(form, bucket, clock.instant());
    new LegacyRules(clock).requireWithin(policy.expiration());
    return accepted(
        principal,
        request.withBody(policy.sized(form)),
        credential,
        Optional.empty(),
        SignedScope.VERSION_2);
  }

  private static Authenticated accepted(
      Principal principal,
      Request request,
      Credential credential,
      Optional<Instant> signedAt,
      SignedScope scope) {
    return new Authenticated(
        principal,
        request,
        AuthType.POST_FORM,
        Optional.of(credential.accessKeyId()),
        signedAt,
        Optional.of(scope));
  }
}
