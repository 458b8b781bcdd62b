package dev.lakebed.iam.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.Principal;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.session.SessionKey.KeyRing;
import java.time.Clock;
import java.time.Instant;

/**
 * Credentials of session tokens. Opened tokens are kept, with the principal they gave under the
 * last snapshot; a new snapshot makes it anew, so a deleted role or key is noticed at the next
 * request.
 */
public final class SessionCredentials {
  /** Letters of tokens and of the policies in them; each takes up to ten bytes of memory. */
  private static final long MAX_CHARACTERS = 16L << 20;

  private final SessionTokens tokens;
  private final RevocationWatch revocations;
  private final Clock clock;
  private final Cache<String, Resolved> resolved =
      Caffeine.newBuilder()
          .maximumWeight(MAX_CHARACTERS)
          .weigher((String token, Resolved session) -> token.length() + session.characters())
          .build();

  public SessionCredentials(SessionTokens tokens, RevocationWatch revocations, Clock clock) {
    this.tokens = tokens;
    this.revocations = revocations;
    this.clock = clock;
  }

  /**
   * The credential of a temporary key, unless the token is forged or of another key. Whether it
   * expired, was revoked, or lost what it rests on is not looked at before somebody asks for its
   * principal.
   */
  public Credential find(String accessKeyId, String token, IdentityView snapshot) {
    KeyRing ring = tokens.ring();
    Resolved known = resolved.getIfPresent(token);
    SessionTokens.Opened session =
        known != null && known.ring().equals(ring)
            ? known.session()
            : tokens.open(accessKeyId, token);
    if (!session.accessKeyId().equals(accessKeyId)) {
      throw new AuthenticationException(
          Reason.INVALID_SESSION_TOKEN, "The token belongs to another access key");
    }
    return new Credential(
        accessKeyId, session.secret(), () -> principal(token, session, ring, snapshot));
  }

  private Principal principal(
      String token, SessionTokens.Opened session, KeyRing ring, IdentityView snapshot) {
    Instant now = clock.instant();
    Resolved known = resolved.getIfPresent(token);
    if (known == null || !known.holds(snapshot, ring, now)) {
      known = resolve(session, snapshot, ring, now);
      resolved.put(token, known);
    }
    revocations.ended().refuse(session.accessKeyId(), session.grant(), snapshot);
    return known.principal();
  }

  private static Resolved resolve(
      SessionTokens.Opened session, IdentityView snapshot, KeyRing ring, Instant now) {
    SessionGrant grant = session.grant();
    Instant sessionEnds = grant.facts().expiresAt();
    Instant keyEnds =
        snapshot.key(grant.baseKey()).flatMap(base -> base.key().expiresAt()).orElse(Instant.MAX);
    return new Resolved(
        snapshot,
        ring,
        session,
        SessionResolver.resolve(grant, snapshot, now),
        keyEnds.isBefore(sessionEnds) ? keyEnds : sessionEnds);
  }

  /** A session as one snapshot gave it, and until when it or the key it rests on holds. */
  private record Resolved(
      IdentityView snapshot,
      KeyRing ring,
      SessionTokens.Opened session,
      Principal principal,
      Instant until) {
    int characters() {
      return session.grant().policies().stream()
          .flatMap(policies -> policies.documents().stream())
          .mapToInt(String::length)
          .sum();
    }

    boolean holds(IdentityView newest, KeyRing keys, Instant now) {
      return snapshot == newest && ring.equals(keys) && now.isBefore(until);
    }
  }
}
