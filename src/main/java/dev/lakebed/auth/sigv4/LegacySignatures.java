package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.Authenticated.SignedScope;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.sigv4.LegacyClaim.LegacyHeader;
import dev.lakebed.auth.sigv4.LegacyClaim.LegacyQuery;
import dev.lakebed.auth.sigv4.LegacyClaim.QueryHeaders;
import dev.lakebed.auth.sigv4.LegacyStringToSign.LegacySignature;
import dev.lakebed.http.Decimal;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.Request;
import dev.lakebed.http.RequestBody;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Verifies S3 requests signed by version 2, in the header or in the query. */
final class LegacySignatures {
  private final CredentialLookup credentials;
  private final SignatureSettings settings;
  private final LegacyRules rules;

  LegacySignatures(CredentialLookup credentials, SignatureSettings settings, Clock clock) {
    this.credentials = credentials;
    this.settings = settings;
    this.rules = new LegacyRules(clock);
  }

  Authenticated ofHeader(Request request) {
    return verify(request, LegacyHeader.parse(request.headers()));
  }

  Authenticated ofQuery(Request request) {
    Request sent = QueryHeaders.asHeaders(request);
    return verify(sent, LegacyQuery.parse(sent));
  }

  private Authenticated verify(Request request, LegacyClaim claim) {
    rules.requireCovered(request.query(), claim.type());
    rules.requireTimely(claim);
    Credential credential = credentials.find(claim.accessKeyId(), claim.sessionToken());
    String host = signedHost(request, claim, credential.secret());
    Principal principal = credential.principal();
    RequestBody body = S3Payload.legacy(request).verified(request);
    return new Authenticated(
        principal,
        request.withHost(host).withBody(body),
        claim.type(),
        Optional.of(credential.accessKeyId()),
        claim.signedAt(),
        Optional.of(SignedScope.VERSION_2));
  }

  /**
   * Accepts a request whose signature fits. The host is not signed, but the bucket that it names
   * is.
   *
   * @return the host whose bucket was signed
   * @throws AuthenticationException with {@code SIGNATURE_MISMATCH} and the details S3 gives
   */
  private String signedHost(Request request, LegacyClaim claim, String secret) {
    for (String host : settings.hosts(request)) {
      for (String form : forms(request, claim, host)) {
        if (LegacySignature.fits(secret, form, claim.signature())) {
          return host;
        }
      }
    }
    throw SignatureRefusals.mismatch(
        Map.of(
            "AWSAccessKeyId", claim.accessKeyId(),
            "StringToSign", forms(request, claim, request.host()).getFirst(),
            "SignatureProvided", claim.signature()));
  }

  private List<String> forms(Request request, LegacyClaim claim, String host) {
    return LegacyStringToSign.forms(request, claim, settings.virtualHosts().bucket(host));
  }

  /** What a request signed by version 2 may hold, and how long it lives. */
  record LegacyRules(Clock clock) {
    /** Version 2 knows no limit; ours is that of version 4, plus the skew of the client's clock. */
    private static final Duration LONGEST = Duration.ofDays(7);

    /** What listings are told beside the resource; version 2 does not cover it. */
    private static final Set<String> OF_LISTINGS =
        Set.of(
            """
            bucket-region continuation-token delimiter encoding-type fetch-owner key-marker
            list-type marker max-buckets max-keys max-parts max-uploads part-number-marker prefix
            start-after upload-id-marker version-id-marker\
            """
                .split("\\s+"));

    /**
     * Refuses parameters that the signature does not cover. Whoever holds a presigned URL could
     * change them, so there are none in it; the sender of a signed header may say what to list.
     */
    void requireCovered(QueryParameters query, AuthType type) {
      for (QueryParameters.Parameter parameter : query.all()) {
        String name = parameter.name();
        boolean listing = type == AuthType.HEADER && OF_LISTINGS.contains(name);
        boolean own = type == AuthType.QUERY && LegacyQuery.PARAMETERS.contains(name);
        boolean header = type == AuthType.QUERY && QueryHeaders.isOne(name);
        if (!listing && !own && !header && !LegacyStringToSign.isSigned(name)) {
          throw SignatureRefusals.notCovered(name);
        }
      }
    }

    /** Refuses what is out of date, too early, or good for too long. */
    void requireTimely(LegacyClaim claim) {
      if (claim.signedAt().isPresent()) {
        TimeLimits.requireNear(claim.signedAt().get(), claim.signedAt().get().toString(), clock);
      } else {
        Instant end = expiry(claim.dateLine());
        requireWithin(end);
        if (!clock.instant().isBefore(end)) {
          throw SignatureRefusals.expired(end, clock.instant());
        }
      }
    }

    /** Refuses an end that is further away than any signature may last. */
    void requireWithin(Instant end) {
      if (end.isAfter(clock.instant().plus(LONGEST).plus(TimeLimits.SKEW))) {
        throw SignatureRefusals.tooLong(end);
      }
    }

    private static Instant expiry(String text) {
      long seconds =
          Decimal.parse(text)
              .orElseThrow(
                  () ->
                      SignatureRefusals.missing(
                          "Invalid date (should be seconds since epoch): " + text));
      return Instant.ofEpochSecond(Math.min(seconds, Instant.MAX.getEpochSecond()));
    }
  }
}
