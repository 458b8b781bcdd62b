package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.model.Role;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.sts.RoleTrust.Denied;
import dev.lakebed.sts.SessionTags.SessionLength;
import dev.lakebed.sts.Sessions.AssumedRole;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** AssumeRole of a named role: its trust policy decides, its policies count from then on. */
record AssumeRole(Sessions sessions) {
  private static final String ACTION = "sts:AssumeRole";

  /** Neither with nor without a role, with a long-term key or in a session. */
  static void refuseRoot(Caller caller) {
    if (caller.principal().isRootUser()) {
      throw Denied.prevented(
          caller,
          ACTION,
          caller.principal().arn(),
          "RootUser",
          "Roles may not be assumed by root accounts.");
    }
  }

  AssumedRole assume(AssumeRoleRequest request, RoleArn arn, Caller caller) {
    refuseRoot(caller);
    List<String> chain = Sessions.chain(caller);
    Optional<Principal.Session> parent =
        caller.principal() instanceof Principal.Session session
            ? Optional.of(session)
            : Optional.empty();
    Optional<String> sourceIdentity = sourceIdentity(request, arn, caller, parent);
    IdentityView identities = sessions.identities();
    RoleTrust trust = new RoleTrust(caller, arn, request.keys(sourceIdentity));
    Role role = trust.require(identities.role(arn));
    SessionTags tags =
        parent.map(session -> request.tags().inheriting(session.facts())).orElse(request.tags());
    if (!tags.values().isEmpty()) {
      trust.require(role, "sts:TagSession", "The session has tags");
    }
    if (sourceIdentity.isPresent()) {
      trust.require(role, "sts:SetSourceIdentity", "The session has a source identity");
    }
    request.policies().requireKnown(identities, arn.account());
    Duration length = length(request, role, identities, parent.isPresent());
    SessionFacts facts = sessions.facts(request.sessionName(), length, tags, sourceIdentity, chain);
    return sessions.assume(role, facts, request.policies());
  }

  /** Once set, the source identity stays for the whole chain. */
  private static Optional<String> sourceIdentity(
      AssumeRoleRequest request, RoleArn arn, Caller caller, Optional<Principal.Session> parent) {
    Optional<String> inherited = parent.flatMap(session -> session.facts().sourceIdentity());
    if (inherited.isPresent()
        && request.sourceIdentity().isPresent()
        && !inherited.equals(request.sourceIdentity())) {
      throw Denied.prevented(
          caller,
          "sts:SetSourceIdentity",
          arn.toString(),
          "StickySourceIdentity",
          "The source identity of a session cannot be changed");
    }
    return inherited.or(request::sourceIdentity);
  }

  private static Duration length(
      AssumeRoleRequest request, Role role, IdentityView identities, boolean chained) {
    SessionLength limit = SessionLength.ofRole(role.maxSession(), identities.sts());
    return (chained ? limit.chained() : limit)
        .choose(request.durationSeconds(), SessionLength.usual(identities.sts()));
  }
}
