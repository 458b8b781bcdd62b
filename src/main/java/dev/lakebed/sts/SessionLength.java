package dev.lakebed.sts;

import dev.lakebed.auth.Principal;
import dev.lakebed.http.Decimal;
import dev.lakebed.iam.model.StsSettings;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How long a session may be. What is asked for is given exactly or refused, not shortened. What is
 * not asked for is {@code sts.tokenDuration}, else one hour, within the limit.
 */
record SessionLength(Duration limit, String limitName) {
  static final int SHORTEST_SECONDS = 900;

  private static final Duration DEFAULT = Duration.ofHours(1);
  private static final Duration DEFAULT_LIMIT = Duration.ofHours(12);
  private static final Duration CHAINED = Duration.ofHours(1);
  private static final Duration ROOT = Duration.ofHours(1);

  /** Reads DurationSeconds; whether it is too long depends on who is asked for what. */
  static OptionalInt read(QueryRequest request) {
    Optional<String> text = request.text("DurationSeconds");
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    int seconds =
        Decimal.parse(text.get(), 0, Integer.MAX_VALUE)
            .orElseThrow(
                () -> Constraint.violated("durationSeconds", "Member must be a whole number"));
    if (seconds < SHORTEST_SECONDS) {
      throw Constraint.violated(
          "durationSeconds", "Member must have value greater than or equal to " + SHORTEST_SECONDS);
    }
    return OptionalInt.of(seconds);
  }

  /** The limit of a role: its own, within that of the server. */
  static SessionLength ofRole(Optional<Duration> roleLimit, StsSettings sts) {
    SessionLength server = ofServer(sts, DEFAULT_LIMIT);
    return roleLimit.isPresent() && roleLimit.get().compareTo(server.limit()) < 0
        ? new SessionLength(roleLimit.get(), "MaxSessionDuration set for this role")
        : server;
  }

  /** The server's limit. */
  static SessionLength ofServer(StsSettings sts, Duration otherwise) {
    return new SessionLength(
        sts.maxSessionLength().orElse(otherwise), "maximum session length of this server");
  }

  /** What is left when the caller is itself a session. */
  SessionLength chained() {
    return limit.compareTo(CHAINED) <= 0
        ? this
        : new SessionLength(CHAINED, "1 hour session limit for roles assumed by role chaining");
  }

  Duration choose(OptionalInt asked, Duration otherwise) {
    if (asked.isEmpty()) {
      return otherwise.compareTo(limit) < 0 ? otherwise : limit;
    }
    Duration wanted = Duration.ofSeconds(asked.getAsInt());
    if (wanted.compareTo(limit) > 0) {
      throw new QueryException(
          QueryError.VALIDATION_ERROR,
          "The requested DurationSeconds exceeds the %s (%d s)"
              .formatted(limitName, limit.toSeconds()));
    }
    return wanted;
  }

  /**
   * The same for a session of a user or root user itself. AWS cuts those of root users to an hour,
   * however long a life is asked for.
   */
  Duration choose(OptionalInt asked, Duration otherwise, Principal holder) {
    Duration chosen = choose(asked, otherwise);
    return holder.isRootUser() && chosen.compareTo(ROOT) > 0 ? ROOT : chosen;
  }

  static Duration usual(StsSettings sts) {
    return sts.tokenDuration().orElse(DEFAULT);
  }
}
