package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthType;
import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.Credential;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.PayloadException;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.form.PostForm;
import dev.lakebed.auth.form.PostPolicy;
import dev.lakebed.auth.payload.MemoryBody;
import dev.lakebed.wire.Request;
import dev.lakebed.wire.RequestBody;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Finds out who sent a request, and makes its body check itself. Safe for use by any thread. */
public final class Authenticator {
  private static final String S3 = "s3";

  private final CredentialLookup credentials;
  private final SignatureSettings settings;
  private final Clock clock;
  private final TimeLimits timeLimits;
  private final SignatureVerifier verifier;
  private final SigningKeys signingKeys = new SigningKeys();

  /** Uses those credentials, that clock and those settings. */
  public Authenticator(CredentialLookup credentials, Clock clock, SignatureSettings settings) {
    this.credentials = credentials;
    this.settings = settings;
    this.clock = clock;
    this.timeLimits = new TimeLimits(clock);
    this.verifier = new SignatureVerifier(new ForwardedHosts(settings));
  }

  /**
   * Verifies a request that is signed in its header or its query; a request without any signature
   * comes back anonymous. For S3 the body stays a stream and nothing of it is read here; for every
   * other service it is read into memory and compared before anything else happens, but only for a
   * signature that is right as far as the head can tell, or where requests need none.
   *
   * @param request a request with its raw body
   * @param service the service name that the scope must name, for example {@code s3}
   * @throws AuthenticationException when the signature or the credential is not accepted
   * @throws PayloadException when a body that is kept in memory is too large, cut or not the one
   *     announced
   */
  public Authenticated authenticate(Request request, String service) throws IOException {
    RepeatedHeaders.refuse(request.headers());
    Optional<SignatureClaim> claim = SignatureClaim.of(request);
    if (claim.isEmpty()) {
      Principal.Anonymous nobody = credentials.anonymous();
      UnsignedAccess.require(service, nobody);
      return Authenticated.anonymous(nobody, request.withBody(unsignedBody(request, service)));
    }
    return verify(request, claim.get(), service);
  }

  /**
   * Verifies a browser upload by the signature over its policy, and the form by the policy. A form
   * that carries neither comes back anonymous.
   *
   * @param request the request the form was read from
   * @param bucket the bucket it is sent to
   * @return the request with the file of the form as its body; its stream fails when the file is
   *     cut short or outside the policy's {@code content-length-range}
   * @throws AuthenticationException when the signature, the credential or the policy is not
   *     accepted
   */
  public Authenticated authenticateForm(Request request, String bucket, PostForm form) {
    RepeatedHeaders.refuse(request.headers());
    if (SignatureClaim.of(request).isPresent()) {
      throw Refusals.twoSignatures();
    }
    Optional<FormClaim> signed = FormClaim.of(form);
    if (signed.isEmpty()) {
      return Authenticated.anonymous(credentials.anonymous(), request.withBody(form.content()));
    }
    FormClaim claim = signed.get();
    requireScope(claim.key().scope(), AuthType.POST_FORM, S3);
    Credential credential = credentials.find(claim.key().accessKeyId(), claim.sessionToken());
    claim.verify(signingKeys.get(credential.secret(), claim.key().scope()));
    PostPolicy policy = PostPolicy.parse(claim.policy());
    policy.require(form, bucket, clock.instant());
    return new Authenticated(
        credential.principal(),
        request.withBody(policy.sized(form)),
        AuthType.POST_FORM,
        Optional.of(credential.accessKeyId()),
        Optional.of(claim.time().instant()),
        Optional.of(claim.key().scope().signed()));
  }

  private RequestBody unsignedBody(Request request, String service) throws IOException {
    return service.equals(S3)
        ? S3Payload.anonymous(request)
            .verified(
                request,
                () -> {
                  throw new IllegalStateException("an anonymous body has no signed chunks");
                })
        : ServicePayload.of(request, settings).read(request, UnsignedAccess.MOST_BYTES);
  }

  private Authenticated verify(Request request, SignatureClaim claim, String service)
      throws IOException {
    requireScope(claim.key().scope(), claim.type(), service);
    timeLimits.check(request, claim);
    HeaderCoverage.require(request.headers(), claim);
    Credential credential = credentials.find(claim.key().accessKeyId(), claim.sessionToken());
    SigningKey key = signingKeys.get(credential.secret(), claim.key().scope());
    RequestBody body;
    if (service.equals(S3)) {
      S3Payload payload = S3Payload.signed(request, claim);
      verifier.verify(request, claim, key, payload.hashLine());
      body = payload.verified(request, () -> new ChunkSignatures(key, claim));
    } else {
      body = serviceBody(request, claim, key);
    }
    return new Authenticated(
        credential.principal(),
        request.withBody(body),
        claim.type(),
        Optional.of(credential.accessKeyId()),
        Optional.of(claim.time().instant()),
        Optional.of(claim.key().scope().signed()));
  }

  /** Reads the body only when the signature is right, as far as that can be told without it. */
  private RequestBody serviceBody(Request request, SignatureClaim claim, SigningKey key)
      throws IOException {
    ServicePayload payload = ServicePayload.of(request, settings);
    Optional<String> announced = payload.hashLine();
    if (announced.isPresent()) {
      verifier.verify(request, claim, key, announced.get());
      return payload.read(request, settings.memoryBodyLimit());
    }
    MemoryBody body = payload.read(request, settings.memoryBodyLimit());
    verifier.verify(request, claim, key, body.sha256());
    return body;
  }

  private void requireScope(Scope scope, AuthType type, String service) {
    if (!scope.service().equals(service)) {
      throw Refusals.wrongScope(type, "service", scope.service(), service, Map.of());
    }
    Optional<String> region = settings.region();
    if (region.isPresent() && !region.get().equals(scope.region())) {
      throw Refusals.wrongScope(
          type, "region", scope.region(), region.get(), Map.of("Region", region.get()));
    }
  }
}
