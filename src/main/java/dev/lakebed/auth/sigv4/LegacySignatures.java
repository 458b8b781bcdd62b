package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.Authenticated.SignedScope;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.Principal;
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

/** Verifies S3 requests signed by version 2, and says what they may hold and how long they live. */
record LegacySignatures(CredentialLookup credentials, SignatureSettings settings, Clock clock) {
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

  Authenticated ofHeader(Request request) {
    return verify(request, LegacyClaim.ofHeader(request.headers()));
  }

  Authenticated ofQuery(Request request) {
    Request sent = LegacyClaim.withQueryHeaders(request);
    return verify(sent, LegacyClaim.ofQuery(sent));
  }

  private Authenticated verify(Request request, LegacyClaim claim) {
    requireCovered(request.query(), claim.type());
    requireTimely(claim);
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

  /** The host whose bucket was signed: the host itself is not. */
  private String signedHost(Request request, LegacyClaim claim, String secret) {
    for (String host : settings.hosts(request)) {
      for (String form : forms(request, claim, host)) {
        if (LegacyStringToSign.fits(secret, form, claim.signature())) {
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

  /**
   * Refuses parameters that the signature does not cover. Whoever holds a presigned URL could
   * change them, so there are none in it; the sender of a signed header may say what to list.
   */
  private static void requireCovered(QueryParameters query, AuthType type) {
    for (QueryParameters.Parameter parameter : query.all()) {
      String name = parameter.name();
      boolean known =
          switch (type) {
            case HEADER -> OF_LISTINGS.contains(name);
            case QUERY -> LegacyClaim.PARAMETERS.contains(name) || LegacyClaim.isQueryHeader(name);
            case ANONYMOUS, POST_FORM -> false;
          };
      if (!known && !LegacyStringToSign.isSigned(name)) {
        throw SignatureRefusals.notCovered(name);
      }
    }
  }

  /** Refuses what is out of date, too early, or good for too long. */
  private void requireTimely(LegacyClaim claim) {
    if (claim.signedAt().isPresent()) {
      TimeLimits.requireNear(claim.signedAt().get(), claim.signedAt().get().toString(), clock);
    } else {
      Instant end = expiry(claim.dateLine());
      requireWithin(end, clock.instant());
      if (!clock.instant().isBefore(end)) {
        throw SignatureRefusals.expired(end, clock.instant());
      }
    }
  }

  /** Refuses an end that is further away than any signature may last. */
  static void requireWithin(Instant end, Instant now) {
    if (end.isAfter(now.plus(LONGEST).plus(TimeLimits.SKEW))) {
      throw SignatureRefusals.tooLong(end);
    }
  }

  private static Instant expiry(String text) {
    long seconds =
        Decimal.parse(text)
            .orElseThrow(
                () ->
                    Reason.MISSING_AUTHENTICATION.because(
                        "Invalid date (should be seconds since epoch): " + text));
    return Instant.ofEpochSecond(Math.min(seconds, Instant.MAX.getEpochSecond()));
  }
}
