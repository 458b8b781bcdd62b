package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.session.SessionGrant.OwnerGrant;
import dev.lakebed.iam.session.SessionGrant.SessionPolicies;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Keys;
import dev.lakebed.sts.RoleTrust.Denied;
import dev.lakebed.sts.SessionTags.SessionLength;
import dev.lakebed.sts.Sessions.AssumedRole;
import dev.lakebed.sts.Sessions.IssuedSession;
import java.time.Duration;
import java.util.Optional;

/**
 * Sessions of the caller itself: AssumeRole without role, and GetSessionToken. Only a long-term key
 * can have them: they can do no more than the user, so no permission is needed, unless the user's
 * policies deny it.
 */
record UserSession(Sessions sessions) {
  /** The rule that a restricted key gives no sessions that could be wider. */
  static final String RESTRICTED_KEY = "RestrictedKey";

  private static final String ASSUME = "sts:AssumeRole";
  private static final Duration ROLELESS_LIMIT = Duration.ofHours(12);
  private static final Duration TOKEN_LIMIT = Duration.ofHours(36);
  private static final Duration TOKEN_LENGTH = Duration.ofHours(12);

  /** AssumeRole without RoleArn. The external id has nobody who asks for it. */
  AssumedRole assume(AssumeRoleRequest request, Caller caller) {
    AssumeRole.refuseRoot(caller);
    Principal user = longTerm(caller, ASSUME, "AssumeRole without RoleArn");
    Keys keys = request.keys(request.sourceIdentity());
    Permission assume = new Permission(ASSUME, self(user), keys);
    if (caller.decide(assume) instanceof Decision.ExplicitDeny denied) {
      throw Denied.because(caller, assume.action(), user.arn(), denied);
    }
    if (!request.tags().values().isEmpty()) {
      require(caller, new Permission("sts:TagSession", self(user), keys));
    }
    if (request.sourceIdentity().isPresent()) {
      require(caller, new Permission("sts:SetSourceIdentity", self(user), keys));
    }
    IdentityView identities = sessions.identities();
    request.policies().requireKnown(identities, user.account());
    if (request.policies().narrowing().isPresent() && !user.grants().session().isEmpty()) {
      throw Denied.prevented(
          caller,
          ASSUME,
          user.arn(),
          RESTRICTED_KEY,
          "The key of a service account that is restricted cannot pass session policies");
    }
    Duration length =
        SessionLength.ofServer(identities.sts(), ROLELESS_LIMIT)
            .choose(request.durationSeconds(), SessionLength.usual(identities.sts()));
    SessionFacts facts =
        sessions.facts(
            request.sessionName(),
            length,
            request.tags(),
            request.sourceIdentity(),
            Sessions.chain(caller));
    return new AssumedRole(
        user.arn(),
        user.userId() + ":" + request.sessionName(),
        request.sourceIdentity(),
        issue(user, facts, request.policies().narrowing()));
  }

  IssuedSession token(Optional<Integer> durationSeconds, Caller caller) {
    Principal user = longTerm(caller, "sts:GetSessionToken", "GetSessionToken");
    Duration length =
        SessionLength.ofServer(sessions.identities().sts(), TOKEN_LIMIT)
            .choose(durationSeconds, TOKEN_LENGTH, user);
    String name = user instanceof Principal.User named ? named.name() : "root";
    SessionFacts facts =
        sessions.facts(name, length, SessionTags.NONE, Optional.empty(), Sessions.chain(caller));
    return issue(user, facts, Optional.empty());
  }

  private IssuedSession issue(
      Principal user, SessionFacts facts, Optional<SessionPolicies> policies) {
    return sessions.issue(new OwnerGrant(user.arn(), user.userId(), facts, policies));
  }

  /** The caller, if it is a user or root user with a long-term key. */
  static Principal longTerm(Caller caller, String action, String what) {
    return switch (caller.principal()) {
      case Principal.User user -> user;
      case Principal.AccountRoot root -> root;
      case Principal.Anonymous nobody ->
          throw QueryError.MISSING_AUTHENTICATION_TOKEN.because(
              "Request is missing Authentication Token");
      case Principal.Session session ->
          throw Denied.prevented(
              caller,
              action,
              session.arn(),
              "LongTermKey",
              what + " needs the long-term access key of a user");
    };
  }

  private static void require(Caller caller, Permission permission) {
    Denied.unlessAllowed(
        caller, permission, "Without a role the user's own policies must allow it");
  }

  private static Resource self(Principal user) {
    return Resource.of(user.arn(), user.account());
  }
}
