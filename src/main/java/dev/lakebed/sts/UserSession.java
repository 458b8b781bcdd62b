package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.Principal;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.session.SessionGrant;
import dev.lakebed.iam.session.SessionGrant.SessionSource;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Keys;
import dev.lakebed.sts.AssumeRoleRequest.RequestedKeys;
import dev.lakebed.sts.RoleTrust.Denied;
import dev.lakebed.sts.SessionTags.SessionLength;
import dev.lakebed.sts.Sessions.AssumedRole;
import dev.lakebed.sts.Sessions.IssuedSession;
import dev.lakebed.sts.Sessions.SessionChain;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Sessions of the caller itself: AssumeRole without role, and GetSessionToken. Only a long-term key
 * can have them: they can do no more than the user, so no permission is needed, unless the user's
 * policies deny it.
 */
final class UserSession {
  /** The rule that a restricted key gives no sessions that could be wider. */
  static final String RESTRICTED_KEY = "RestrictedKey";

  private static final String ASSUME = "sts:AssumeRole";
  private static final Duration ROLELESS_LIMIT = Duration.ofHours(12);
  private static final Duration TOKEN_LIMIT = Duration.ofHours(36);
  private static final Duration TOKEN_LENGTH = Duration.ofHours(12);

  private final Sessions sessions;

  UserSession(Sessions sessions) {
    this.sessions = sessions;
  }

  /** AssumeRole without RoleArn. The external id has nobody who asks for it. */
  AssumedRole assume(AssumeRoleRequest request, Caller caller) {
    AssumeRole.refuseRoot(caller);
    Principal user = longTerm(caller, ASSUME, "AssumeRole without RoleArn");
    Keys keys = new RequestedKeys(request, request.sourceIdentity());
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
    if (request.policies().isPresent() && !user.grants().session().isEmpty()) {
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
    return new AssumedRole(
        user.arn(),
        user.userId() + ":" + request.sessionName(),
        request.sourceIdentity(),
        sessions.issue(
            grant(
                user,
                SessionChain.of(caller),
                request.sessionName(),
                length,
                request.policies(),
                request.tags(),
                request.sourceIdentity())));
  }

  /** GetSessionToken. */
  IssuedSession token(OptionalInt durationSeconds, Caller caller) {
    Principal user = longTerm(caller, "sts:GetSessionToken", "GetSessionToken");
    Duration length =
        SessionLength.ofServer(sessions.identities().sts(), TOKEN_LIMIT)
            .choose(durationSeconds, TOKEN_LENGTH, user);
    RequestedPolicies none = new RequestedPolicies(Optional.empty(), List.of());
    return sessions.issue(
        grant(
            user,
            SessionChain.of(caller),
            sessionName(user),
            length,
            none,
            SessionTags.NONE,
            Optional.empty()));
  }

  private SessionGrant grant(
      Principal user,
      SessionChain origin,
      String sessionName,
      Duration length,
      RequestedPolicies policies,
      SessionTags tags,
      Optional<String> sourceIdentity) {
    return sessions.grant(
        SessionSource.USER,
        user.arn(),
        user.userId(),
        origin,
        sessionName,
        sessions.end(length),
        policies,
        tags,
        sourceIdentity,
        Map.of());
  }

  private static String sessionName(Principal holder) {
    return holder instanceof Principal.User user ? user.name() : "root";
  }

  /** The caller, if it is a user or root user with a long-term key. */
  static Principal longTerm(Caller caller, String action, String what) {
    return switch (caller.principal()) {
      case Principal.User user -> user;
      case Principal.AccountRoot root -> root;
      case Principal.Anonymous nobody ->
          throw new QueryException(
              QueryError.MISSING_AUTHENTICATION_TOKEN, "Request is missing Authentication Token");
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
    Decision decision = caller.decide(permission);
    if (!decision.allowed()) {
      throw Denied.because(
          caller, permission, decision, "", "Without a role the user's own policies must allow it");
    }
  }

  private static Resource self(Principal user) {
    return Resource.of(user.arn(), user.account());
  }
}
