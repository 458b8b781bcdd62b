package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.iam.session.RevocationWatch;
import dev.lakebed.iam.session.SessionTokens;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Revocations.Revocation;
import dev.lakebed.storage.metadata.iam.Revocations.Revocation.Kind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * RevokeSessions, which AWS does not have: ends one session, or all sessions of a role or user that
 * were issued before a time, together with the sessions made with them. Needs {@code
 * iam:RevokeSession} on the role, the user, or {@code arn:aws:sts::ACCOUNT:session/KEY}, where
 * ACCOUNT is the caller's: a session of another account does not end, and nobody learns whose it
 * is.
 *
 * @param account of the role or user; empty for a session
 * @param before for roles and users; absent means now
 */
record RevokeSessions(
    Kind kind, String subject, Optional<String> account, Optional<Instant> before) {
  private static final String ACTION = "iam:RevokeSession";
  private static final Pattern USER =
      Pattern.compile("arn:aws:iam::(\\d{12}):(?:user/[!-~]{1,512}|root)");
  private static final Pattern SESSION = Pattern.compile("ASIA[A-Z2-7]{16}");

  /** No session lives longer. */
  private static final Duration LONGEST = Duration.ofHours(36);

  static RevokeSessions read(QueryRequest request, String defaultAccount) {
    request.allowOnly(Set.of("AccessKeyId", "RoleArn", "UserArn", "IssuedBefore"));
    Optional<Instant> before = request.text("IssuedBefore").map(RevokeSessions::time);
    List<RevokeSessions> named =
        Stream.of(
                request.text("AccessKeyId").map(id -> session(id, before)),
                request.text("RoleArn").map(arn -> role(arn, defaultAccount, before)),
                request.text("UserArn").map(arn -> user(arn, before)))
            .flatMap(Optional::stream)
            .toList();
    if (named.size() != 1) {
      throw invalid("Give exactly one of AccessKeyId, RoleArn and UserArn");
    }
    return named.getFirst();
  }

  private static RevokeSessions session(String id, Optional<Instant> before) {
    if (!SESSION.matcher(id).matches() || !SessionTokens.isTemporary(id)) {
      throw invalid("AccessKeyId must be that of a session; switch a long-term key off instead");
    }
    if (before.isPresent()) {
      throw invalid("IssuedBefore goes with RoleArn or UserArn");
    }
    return new RevokeSessions(Kind.SESSION, id, Optional.empty(), before);
  }

  private static RevokeSessions role(String text, String account, Optional<Instant> before) {
    RoleArn arn =
        RoleArn.parse(text, account).orElseThrow(() -> invalid("RoleArn is not the ARN of a role"));
    return new RevokeSessions(Kind.ROLE, arn.toString(), Optional.of(arn.account()), before);
  }

  private static RevokeSessions user(String text, Optional<Instant> before) {
    Matcher arn = USER.matcher(text);
    if (!arn.matches()) {
      throw invalid("UserArn is not the ARN of a user or root user");
    }
    return new RevokeSessions(Kind.USER, text, Optional.of(arn.group(1)), before);
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException notATime) {
      throw invalid("IssuedBefore must be a time such as 2026-01-31T23:59:59Z");
    }
  }

  private static QueryException invalid(String message) {
    return QueryError.VALIDATION_ERROR.because(message);
  }

  /** The right to end the sessions, on whose they are. */
  List<Permission> permissions(Caller caller) {
    return List.of(Permission.of(ACTION, Resource.of(arn(caller), owner(caller))));
  }

  private String owner(Caller caller) {
    return account.orElse(caller.principal().account());
  }

  private String arn(Caller caller) {
    return kind == Kind.SESSION ? Revocation.session(owner(caller), subject) : subject;
  }

  /**
   * Notes it.
   *
   * @throws QueryException NoSuchEntity for a role or user that is not there: who mistypes it must
   *     not believe that its sessions have ended; LimitExceeded for too many single sessions
   */
  QueryXml.Content revoke(
      RevocationWatch watch, IdentityView identities, Instant now, Caller caller) {
    if (!isThere(identities, owner(caller))) {
      throw QueryError.NO_SUCH_ENTITY.because(
          "There is no " + subject + ", whose sessions could be ended");
    }
    // Sessions carry whole seconds: one of this very second may have been made before or after.
    Instant limit = before.orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
    Instant until = limit.isAfter(now) ? limit.plus(LONGEST) : now.plus(LONGEST);
    Revocation revocation = new Revocation(kind, arn(caller), limit, until);
    if (!watch.revoke(revocation, caller.principal().arn())) {
      throw QueryError.LIMIT_EXCEEDED.because(
          "Too many sessions were ended one by one; end all of a role or user instead");
    }
    return xml -> xml.text("Subject", subject).text("IssuedBefore", limit.toString());
  }

  /** Of a session nobody knows: it is nowhere but with who holds it. */
  private boolean isThere(IdentityView identities, String owner) {
    return switch (kind) {
      case SESSION -> true;
      case ROLE -> RoleArn.parse(subject, owner).flatMap(identities::role).isPresent();
      case USER ->
          identities.user(subject).isPresent()
              || (subject.endsWith(":root") && identities.root(owner).isPresent());
    };
  }
}
