package dev.lakebed.iam.session;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.Principal.AccountRoot;
import dev.lakebed.auth.Principal.FederatedUser;
import dev.lakebed.auth.Principal.RoleSession;
import dev.lakebed.auth.Principal.RootSession;
import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.auth.Principal.UserSession;
import dev.lakebed.auth.TagKeys;
import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.model.KeyOwner;
import dev.lakebed.iam.model.KeyOwner.RootUser;
import dev.lakebed.iam.model.Role;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.iam.model.User;
import dev.lakebed.iam.session.ChainLink.ProviderOrigin;
import dev.lakebed.iam.session.SessionGrant.FederatedGrant;
import dev.lakebed.iam.session.SessionGrant.OwnerGrant;
import dev.lakebed.iam.session.SessionGrant.RoleGrant;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Question.Grants;
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
   * The principal behind a session; EXPIRED_SESSION_TOKEN or INACTIVE_ACCESS_KEY when it has ended.
   */
  public static Principal.Session resolve(SessionGrant grant, IdentityView snapshot, Instant now) {
    requireLive(grant, now);
    Optional<ProviderOrigin> provider = ProviderOrigin.parse(grant.baseKey());
    provider.ifPresent(origin -> requireKnown(origin, snapshot));
    Optional<OwnedKey> key =
        provider.isPresent() ? Optional.empty() : Optional.of(base(grant, snapshot, now));
    for (String link : grant.links()) {
      requireRole(ChainLink.parse(link), snapshot);
    }
    List<Policy> session =
        grant.policies().map(policies -> policies.compile(snapshot)).orElseGet(List::of);
    return switch (grant) {
      case RoleGrant ofRole -> role(ofRole, session, role(grant.subjectArn(), snapshot));
      case OwnerGrant own -> own(own.facts(), session, owned(grant, key));
      case FederatedGrant federated -> federated(federated.facts(), session, owned(grant, key));
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
    if (!now.isBefore(grant.facts().expiresAt())) {
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

  private static RoleSession role(RoleGrant grant, List<Policy> session, Role role) {
    requireSame(role, grant.subjectId());
    SessionFacts facts = grant.facts();
    return new RoleSession(
        role.arn().account(),
        role.arn().session(facts.name()),
        role.id(),
        role.arn().toString(),
        facts.with(both(role.tags(), facts.tags())),
        role.grants(session));
  }

  /** The access key of a session without role, if it still belongs to whom the token says. */
  private static OwnedKey owned(SessionGrant grant, Optional<OwnedKey> base) {
    OwnedKey key = base.orElseThrow(() -> ended("it has no access key"));
    if (!key.owner().arn().equals(grant.subjectArn())
        || !key.owner().id().equals(grant.subjectId())) {
      throw ended("its access key now belongs to another user");
    }
    return key;
  }

  private static Principal.Session own(SessionFacts given, List<Policy> session, OwnedKey base) {
    KeyOwner owner = base.owner();
    SessionFacts facts = given.with(both(owner.tags(), given.tags()));
    Grants grants = owner.grants(within(session, base));
    return switch (owner) {
      case User user ->
          new UserSession(user.account(), user.arn(), user.id(), user.name(), facts, grants);
      case RootUser root -> new RootSession(new AccountRoot(root.account(), grants), facts);
    };
  }

  private static FederatedUser federated(SessionFacts facts, List<Policy> session, OwnedKey base) {
    KeyOwner owner = base.owner();
    return new FederatedUser(
        owner.account(),
        federatedArn(owner.account(), facts.name()),
        owner.account() + ":" + facts.name(),
        owner.arn(),
        facts,
        owner.grants(within(session, base)));
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

  public static String federatedArn(String account, String name) {
    return "arn:aws:sts::" + account + ":federated-user/" + name;
  }

  private static AuthenticationException ended(String why) {
    return new AuthenticationException(Reason.INACTIVE_ACCESS_KEY, "The session was ended: " + why);
  }
}
