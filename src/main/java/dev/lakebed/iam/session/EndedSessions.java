package dev.lakebed.iam.session;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.session.SessionGrant.RoleGrant;
import dev.lakebed.storage.metadata.iam.Revocations.Revocation;
import dev.lakebed.storage.metadata.iam.Revocations.Revocation.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The revocations in force, indexed for the look at every request. A session is ended when it, or a
 * session that it was made with, is revoked by itself, by its role or by its user.
 */
final class EndedSessions {
  static final EndedSessions NONE = new EndedSessions(List.of());

  private final Map<Kind, Map<String, Instant>> before;

  EndedSessions(List<Revocation> revocations) {
    this.before =
        revocations.stream()
            .collect(
                Collectors.groupingBy(
                    Revocation::kind,
                    Collectors.toUnmodifiableMap(
                        Revocation::subject, Revocation::before, EndedSessions::later)));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Refuses a session that was ended, as INACTIVE_ACCESS_KEY. */
  void refuse(String accessKeyId, SessionGrant grant, IdentityView identities) {
    if (before.isEmpty()) {
      return;
    }
    boolean ended =
        isSessionEnded(account(grant.subjectArn()), accessKeyId)
            || (grant instanceof RoleGrant
                && isBefore(Kind.ROLE, grant.subjectArn(), grant.facts().issuedAt()))
            || grant.links().stream()
                .map(ChainLink::parse)
                .anyMatch(link -> isEnded(link, grant, identities))
            || isUserEnded(grant, identities);
    if (ended) {
      throw new AuthenticationException(
          Reason.INACTIVE_ACCESS_KEY, "The session was ended: it was revoked");
    }
  }

  /** Whether one more session of the account may be kept; one that is kept may come again. */
  boolean hasRoom(Revocation revocation, int most) {
    if (revocation.kind() != Kind.SESSION) {
      return true;
    }
    Map<String, Instant> sessions = of(Kind.SESSION);
    String prefix = Revocation.session(account(revocation.subject()), "");
    return sessions.containsKey(revocation.subject())
        || sessions.keySet().stream().filter(subject -> subject.startsWith(prefix)).count() < most;
  }

  /** Of a token that does not say when the link began, the token's own time is the latest. */
  private boolean isEnded(ChainLink link, SessionGrant grant, IdentityView identities) {
    Instant issuedAt = link.issuedAt().orElse(grant.facts().issuedAt());
    return link.role().filter(arn -> isBefore(Kind.ROLE, arn, issuedAt)).isPresent()
        || (link.session().isPresent()
            && accountOf(link, grant, identities)
                .filter(account -> isSessionEnded(account, link.session().get()))
                .isPresent());
  }

  /** A session without a role is one of the user whose key the chain began with. */
  private static Optional<String> accountOf(
      ChainLink link, SessionGrant grant, IdentityView identities) {
    return link.role()
        .map(EndedSessions::account)
        .or(() -> identities.key(grant.baseKey()).map(owned -> owned.owner().account()));
  }

  private static String account(String arn) {
    String[] parts = arn.split(":", 6);
    return parts.length == 6 ? parts[4] : "";
  }

  /** Earlier versions kept the bare key id; what they ended stays so. */
  private boolean isSessionEnded(String account, String accessKeyId) {
    Map<String, Instant> sessions = of(Kind.SESSION);
    return !sessions.isEmpty()
        && (sessions.containsKey(Revocation.session(account, accessKeyId))
            || sessions.containsKey(accessKeyId));
  }

  private boolean isUserEnded(SessionGrant grant, IdentityView identities) {
    return !of(Kind.USER).isEmpty()
        && identities
            .key(grant.baseKey())
            .filter(owned -> isBefore(Kind.USER, owned.owner().arn(), grant.facts().issuedAt()))
            .isPresent();
  }

  private boolean isBefore(Kind kind, String subject, Instant issuedAt) {
    Instant limit = of(kind).get(subject);
    return limit != null && issuedAt.isBefore(limit);
  }

  private Map<String, Instant> of(Kind kind) {
    return before.getOrDefault(kind, Map.of());
  }
}
