package dev.lakebed.iam.session;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.TagKeys;
import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.model.KeyOwner;
import dev.lakebed.iam.model.Role;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.iam.session.ChainLink.ProviderOrigin;
import dev.lakebed.iam.session.SessionGrant.SessionPolicies;
import dev.lakebed.iam.session.SessionGrant.SessionSource;
import dev.lakebed.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns a session token's content into a principal, by the identities of the moment. A session ends
 * when its role, a role before it in the chain, the access key at the root of the chain, that key's
 * user, or the identity provider in place of a key is deleted or switched off; this is stricter
 * than AWS, where role sessions outlive the key that made them.
 */
public final class SessionResolver {
  private SessionResolver() {}

  /**
   * The principal behind a session.
   *
   * @throws AuthenticationException with {@code EXPIRED_SESSION_TOKEN} or {@code
   *     INACTIVE_ACCESS_KEY}
   */
  public static Principal.Session resolve(SessionGrant grant, IdentityView snapshot, Instant now) {
    requireLive(grant, now);
    Optional<ProviderOrigin> provider = ProviderOrigin.parse(grant.baseKey());
    provider.ifPresent(origin -> requireKnown(origin, snapshot));
    Optional<OwnedKey> key =
        provider.isPresent() ? Optional.empty() : Optional.of(base(grant, snapshot, now));
    for (String link : grant.chain()) {
      requireRole(ChainLink.parse(link), snapshot);
    }
    List<Policy> session = SessionPolicies.of(grant, snapshot);
    return switch (grant.source()) {
      case ROLE -> ofRole(grant, session, role(grant.subjectArn(), snapshot));
      case USER, FEDERATED ->
          ofOwner(grant, session, key.orElseThrow(() -> ended("it has no access key")));
    };
  }

  private static OwnedKey base(SessionGrant grant, IdentityView snapshot, Instant now) {
    return snapshot
        .key(grant.baseKey())
        .filter(owned -> owned.key().usableAt(now) && owned.owner().enabled())
        .orElseThrow(() -> ended("the access key it was made with is no longer active"));
  }

  private static void requireKnown(ProviderOrigin origin, IdentityView snapshot) {
    if (!origin.isKnownTo(snapshot)) {
      throw ended("the identity provider it was made with is gone");
    }
  }

  /** Refuses a session from the moment it ends. */
  static void requireLive(SessionGrant grant, Instant now) {
    if (!now.isBefore(grant.expiresAt())) {
      throw new AuthenticationException(
          Reason.EXPIRED_SESSION_TOKEN, "The security token included in the request is expired");
    }
  }

  private static Role role(String arn, IdentityView snapshot) {
    return RoleArn.parse(arn, snapshot.sts().account())
        .flatMap(snapshot::role)
        .orElseThrow(() -> ended("role " + arn + " no longer exists"));
  }

  /** The role of an earlier session; a token of an earlier version does not say its id. */
  private static void requireRole(ChainLink link, IdentityView snapshot) {
    if (link.role().isPresent()) {
      Role role = role(link.role().get(), snapshot);
      link.roleId().ifPresent(id -> requireSame(role, id));
    }
  }

  private static void requireSame(Role role, String id) {
    if (!role.id().equals(id)) {
      throw ended("role " + role.arn() + " was deleted and made anew");
    }
  }

  private static Principal.Session ofRole(SessionGrant grant, List<Policy> session, Role role) {
    requireSame(role, grant.subjectId());
    return new Principal.Session(
        role.arn().account(),
        role.arn().session(grant.sessionName()),
        role.id() + ":" + grant.sessionName(),
        role.arn().toString(),
        true,
        Optional.empty(),
        grant.sessionName(),
        both(role.tags(), grant.tags()),
        grant.transitiveTags(),
        grant.sourceIdentity(),
        grant.issuedAt(),
        grant.expiresAt(),
        grant.rests(),
        role.grants(session),
        grant.identity());
  }

  private static Principal.Session ofOwner(
      SessionGrant grant, List<Policy> session, OwnedKey base) {
    KeyOwner user = base.owner();
    if (!user.arn().equals(grant.subjectArn()) || !user.id().equals(grant.subjectId())) {
      throw ended("its access key now belongs to another user");
    }
    boolean federated = grant.source() == SessionSource.FEDERATED;
    String account = user.account();
    return new Principal.Session(
        account,
        federated ? federatedArn(account, grant.sessionName()) : user.arn(),
        federated ? account + ":" + grant.sessionName() : user.id(),
        user.arn(),
        false,
        federated ? Optional.empty() : user.userName(),
        grant.sessionName(),
        federated ? grant.tags() : both(user.tags(), grant.tags()),
        grant.transitiveTags(),
        grant.sourceIdentity(),
        grant.issuedAt(),
        grant.expiresAt(),
        grant.rests(),
        user.grants(within(session, base)));
  }

  /** Session tags replace tags of the same key, which AWS compares without case. */
  private static Map<String, String> both(Map<String, String> own, Map<String, String> session) {
    Map<String, String> tags = new TreeMap<>(TagKeys.WITHOUT_CASE);
    tags.putAll(session);
    own.forEach(tags::putIfAbsent);
    return tags;
  }

  /** A restricted key and session policies cannot both be honoured: refuse rather than widen. */
  private static List<Policy> within(List<Policy> session, OwnedKey base) {
    Optional<Policy> restriction = base.key().restriction();
    if (restriction.isPresent() && !session.isEmpty()) {
      throw ended("its access key was restricted after the session began");
    }
    return restriction.map(List::of).orElse(session);
  }

  /** ARN of a federated user. */
  public static String federatedArn(String account, String name) {
    return "arn:aws:sts::" + account + ":federated-user/" + name;
  }

  private static AuthenticationException ended(String why) {
    return new AuthenticationException(Reason.INACTIVE_ACCESS_KEY, "The session was ended: " + why);
  }
}
