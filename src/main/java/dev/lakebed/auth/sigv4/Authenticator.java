package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.form.PostForm;
import dev.lakebed.http.Request;
import dev.lakebed.http.RequestBody;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Finds out who sent a request, and makes its body check itself. Safe for use by any thread. */
public final class Authenticator {
  private static final String S3 = "s3";
  private static final Set<String> UNSIGNED_SERVICES = Set.of(S3, "sts");

  /**
   * Most bytes of an unsigned body that is read into memory: a SAML assertion of 100,000 characters
   * (AWS, AssumeRoleWithSAML), escaped, and a session policy.
   */
  private static final int MOST_UNSIGNED_BYTES = 160 * 1024;

  private final CredentialLookup credentials;
  private final SignatureSettings settings;
  private final RequestSignatures requests;
  private final LegacySignatures legacy;
  private final FormSignatures forms;

  public Authenticator(CredentialLookup credentials, Clock clock, SignatureSettings settings) {
    SigningKeys signingKeys = new SigningKeys();
    this.credentials = namingKeys(credentials);
    this.settings = settings;
    this.requests =
        new RequestSignatures(this.credentials, settings, new TimeLimits(clock), signingKeys);
    this.legacy = new LegacySignatures(this.credentials, settings, clock);
    this.forms = new FormSignatures(this.credentials, settings, clock, signingKeys);
  }

  /** The same lookup, whose refusals tell the access key, as S3's errors do. */
  private static CredentialLookup namingKeys(CredentialLookup credentials) {
    return new CredentialLookup() {
      @Override
      public Credential find(String accessKeyId, Optional<String> sessionToken) {
        Credential found = naming(accessKeyId, () -> credentials.find(accessKeyId, sessionToken));
        return new Credential(
            found.accessKeyId(),
            found.secret(),
            () -> naming(found.accessKeyId(), found::principal));
      }

      @Override
      public Principal.Anonymous anonymous() {
        return credentials.anonymous();
      }
    };
  }

  private static <T> T naming(String accessKeyId, Supplier<T> lookup) {
    try {
      return lookup.get();
    } catch (AuthenticationException refused) {
      throw refused.with("AWSAccessKeyId", accessKeyId);
    }
  }

  /**
   * Verifies a request that is signed in its header or its query; a request without any signature
   * comes back anonymous. For S3 the body stays a stream and nothing of it is read here; for every
   * other service it is read into memory and compared before anything else happens, but only for a
   * signature that is right as far as the head can tell, or where requests need none.
   *
   * <p>Nothing is told of a key but whether it exists before its signature was accepted.
   *
   * @param service the service that the scope must name, for example {@code s3}
   */
  public Authenticated authenticate(Request request, String service) throws IOException {
    HeaderRules.refuseRepeated(request.headers());
    if (isPreflight(request, service)) {
      return anonymous(request, service);
    }
    return switch (SigningScheme.of(request)) {
      case NONE -> anonymous(request, service);
      case V4_HEADER -> requests.verify(request, SignatureClaim.ofHeader(request), service);
      case V4_QUERY -> requests.verify(request, SignatureClaim.ofQuery(request), service);
      case V2_HEADER -> {
        settings.requireVersion2(service);
        yield legacy.ofHeader(request);
      }
      case V2_QUERY -> {
        settings.requireVersion2(service);
        yield legacy.ofQuery(request);
      }
    };
  }

  /**
   * Verifies a browser upload by the signature over its policy, and the form by the policy. A form
   * that carries neither comes back anonymous.
   *
   * @return the request with the file of the form as its body; its stream fails when the file is
   *     cut short or outside the policy's {@code content-length-range}
   */
  public Authenticated authenticateForm(Request request, String bucket, PostForm form) {
    HeaderRules.refuseRepeated(request.headers());
    if (SigningScheme.of(request) != SigningScheme.NONE) {
      throw SignatureRefusals.twoSignatures();
    }
    return forms.authenticate(request, bucket, form);
  }

  /**
   * The request as its client addressed it, where a trusted proxy rewrote the host; of a request
   * that is signed only its signature tells.
   */
  public Request asForwarded(Request request) {
    return settings.asForwarded(request);
  }

  /**
   * A browser asks before it sends the request that the URL was signed for; the question itself is
   * never signed (Fetch, CORS-preflight fetch).
   */
  private static boolean isPreflight(Request request, String service) {
    return service.equals(S3) && request.method().equals("OPTIONS");
  }

  /**
   * A request may come unsigned where S3 has public buckets, which its own operations know about,
   * and STS the log-ins. Every other service serves nobody, unless the configuration gives nobody
   * rights on it: tables and table buckets cannot be public (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-setting-up.html">AWS,
   * Access management for S3 Tables</a>). Refused from the head, before the body is read.
   */
  private Authenticated anonymous(Request request, String service) throws IOException {
    Principal.Anonymous nobody = credentials.anonymous();
    boolean granted =
        nobody.grants().identity().stream().anyMatch(policy -> policy.grants(service));
    if (!UNSIGNED_SERVICES.contains(service) && !granted) {
      throw Reason.MISSING_AUTHENTICATION.because("Request is missing Authentication Token");
    }
    RequestBody body =
        service.equals(S3)
            ? S3Payload.anonymous(request).verified(request)
            : ServicePayload.of(request, settings).read(request, MOST_UNSIGNED_BYTES);
    return Authenticated.anonymous(nobody, settings.asForwarded(request).withBody(body));
  }

  /** Where a request carries its signature, and of which version it is. */
  enum SigningScheme {
    NONE,
    V4_HEADER,
    V4_QUERY,
    V2_HEADER,
    V2_QUERY;

    /** Looks at what is there, complete or not; refuses two, or one of an unknown kind. */
    static SigningScheme of(Request request) {
      Optional<String> authorization = request.headers().first("authorization");
      boolean version4 = SignatureClaim.isIn(request.query());
      boolean version2 = LegacyClaim.isIn(request.query());
      if ((version4 && version2) || (authorization.isPresent() && (version4 || version2))) {
        throw SignatureRefusals.twoSignatures();
      }
      if (authorization.isPresent()) {
        return ofHeader(authorization.get());
      }
      return version4 ? V4_QUERY : version2 ? V2_QUERY : NONE;
    }

    private static SigningScheme ofHeader(String authorization) {
      int space = authorization.indexOf(' ');
      String scheme = space < 0 ? authorization : authorization.substring(0, space);
      return switch (scheme) {
        case SignatureClaim.ALGORITHM -> V4_HEADER;
        case "AWS" -> V2_HEADER;
        default -> throw SignatureRefusals.scheme(scheme);
      };
    }
  }
}
