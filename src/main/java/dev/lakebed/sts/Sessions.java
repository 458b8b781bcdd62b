package dev.lakebed.sts;

import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.session.SessionGrant;
import dev.lakebed.iam.session.SessionTokens;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/** Issues sessions, whoever asked for them. */
final class Sessions {
  private final Supplier<IdentityView> identities;
  private final SessionTokens tokens;
  private final Clock clock;

  Sessions(Supplier<IdentityView> identities, SessionTokens tokens, Clock clock) {
    this.identities = identities;
    this.tokens = tokens;
    this.clock = clock;
  }

  IdentityView identities() {
    return identities.get();
  }

  /** Whole seconds, as the wire has them. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Rounded up, so that a client never gets a shorter session than it asked for. */
  Instant end(Duration length) {
    Instant end = clock.instant().plus(length);
    Instant second = end.truncatedTo(ChronoUnit.SECONDS);
    return second.equals(end) ? end : second.plusSeconds(1);
  }

  IssuedSession issue(SessionGrant grant) {
    SessionTokens.Issued issued = tokens.issue(grant);
    if (issued.packedPercent() > 100) {
      throw new QueryException(
          QueryError.PACKED_POLICY_TOO_LARGE,
          "Packed session policies and tags take %d %% of the room for them"
              .formatted(issued.packedPercent()));
    }
    return new IssuedSession(issued, grant.expiresAt());
  }
}
