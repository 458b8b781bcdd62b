package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.Authenticated.SignedScope;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.form.PostForm;
import dev.lakebed.auth.form.PostPolicy;
import dev.lakebed.auth.sigv4.LegacySignatures.LegacyRules;
import dev.lakebed.http.Request;
import java.time.Clock;
import java.util.Optional;

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
      new LegacyRules(clock).requireWithin(policy.expiration());
    }
    return new Authenticated(
        principal,
        request.withBody(policy.sized(form)),
        AuthType.POST_FORM,
        Optional.of(credential.accessKeyId()),
        claim.signedAt(),
        Optional.of(claim.scope().map(CredentialScope::signed).orElse(SignedScope.VERSION_2)));
  }
}
