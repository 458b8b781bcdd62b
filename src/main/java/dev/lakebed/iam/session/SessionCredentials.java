package dev.lakebed.iam.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.Credential;
import dev.lakebed.iam.model.IdentityView;
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

  /** Opens tokens with the given keys and refuses those that were revoked. */
  public SessionCredentials(SessionTokens tokens, RevocationWatch revocations, Clock clock) {
    this.tokens = tokens;
    this.revocations = revocations;
    this.clock = clock;
  }

  /**
   * The credential of a temporary key.
   *
   * @throws AuthenticationException when the token is forged, changed, of another key, expired, or
   *     what it rests on is gone
   */
  public Credential find(String accessKeyId, String token, IdentityView snapshot) {
    Instant now = clock.instant();
    KeyRing ring = tokens.ring();
    Resolved known = resolved.getIfPresent(token);
    if (known == null || !known.holds(snapshot, ring, now)) {
      known = resolve(tokens.open(accessKeyId, token), snapshot, ring, now);
      resolved.put(token, known);
    }
    if (!known.credential().accessKeyId().equals(accessKeyId)) {
      throw new AuthenticationException(
          Reason.INVALID_SESSION_TOKEN, "The token belongs to another access key");
    }
    revocations.ended().refuse(accessKeyId, known.grant(), snapshot);
    return known.credential();
  }

  private static Resolved resolve(
      SessionTokens.Opened session, IdentityView snapshot, KeyRing ring, Instant now) {
    SessionGrant grant = session.grant();
    Credential credential =
        new Credential(
            session.accessKeyId(), session.secret(), SessionResolver.resolve(grant, snapshot, now));
    Instant keyEnds =
        snapshot.key(grant.baseKey()).flatMap(base -> base.key().expiresAt()).orElse(Instant.MAX);
    return new Resolved(
        snapshot,
        ring,
        grant,
        credential,
        keyEnds.isBefore(grant.expiresAt()) ? keyEnds : grant.expiresAt());
  }

  /**
   * A session as one snapshot gave it.
   *
   * @param ring the keys that opened it
   * @param until end of the session, or of the key it rests on
   */
  private record Resolved(
      IdentityView snapshot,
      KeyRing ring,
      SessionGrant grant,
      Credential credential,
      Instant until) {
    int characters() {
      return grant.policies().stream().mapToInt(String::length).sum();
    }

    boolean holds(IdentityView newest, KeyRing keys, Instant now) {
      return snapshot == newest && ring.equals(keys) && now.isBefore(until);
    }
  }
}
