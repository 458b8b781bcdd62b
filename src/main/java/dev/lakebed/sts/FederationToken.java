package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.auth.TagKeys.RequestTags;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.session.SessionGrant.FederatedGrant;
import dev.lakebed.iam.session.SessionResolver;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.policy.Decision;
import dev.lakebed.sts.RoleTrust.Denied;
import dev.lakebed.sts.SessionTags.SessionLength;
import dev.lakebed.sts.Sessions.IssuedSession;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * GetFederationToken: the user's rights within the session policies, under a name of its own.
 * Without session policies it can do nothing.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html">AWS</a>
 */
record FederationToken(
    String name, RequestedPolicies policies, Optional<Integer> durationSeconds, SessionTags tags) {
  private static final String ACTION = "sts:GetFederationToken";
  private static final Set<String> PARAMETERS =
      Set.of("Name", "Policy", "PolicyArns", "DurationSeconds", "Tags");
  private static final Duration LIMIT = Duration.ofHours(36);
  private static final Duration LENGTH = Duration.ofHours(12);

  static FederationToken read(QueryRequest request) {
    request.allowOnly(PARAMETERS);
    return new FederationToken(
        StsParameter.FEDERATED_NAME.require(request),
        RequestedPolicies.read(request),
        StsParameter.DURATION.find(request),
        SessionTags.read(request));
  }

  IssuedSession issue(Sessions sessions, Caller caller) {
    Principal user = UserSession.longTerm(caller, ACTION, "GetFederationToken");
    require(caller, user, ACTION);
    if (!tags.values().isEmpty()) {
      require(caller, user, "sts:TagSession");
    }
    if (!user.grants().session().isEmpty()) {
      throw Denied.prevented(
          caller,
          ACTION,
          arn(caller),
          UserSession.RESTRICTED_KEY,
          "The key of a service account that is restricted cannot get federation tokens");
    }
    IdentityView identities = sessions.identities();
    policies.requireKnown(identities, user.account());
    Duration length =
        SessionLength.ofServer(identities.sts(), LIMIT).choose(durationSeconds, LENGTH, user);
    SessionFacts facts =
        sessions.facts(name, length, tags, Optional.empty(), Sessions.chain(caller));

    return sessions.issue(new FederatedGrant(user.arn(), user.userId(), facts, policies.all()));
  }

  String arn(Caller caller) {
    return SessionResolver.federatedArn(caller.principal().account(), name);
  }

  private void require(Caller caller, Principal user, String action) {
    Resource federated = Resource.of(arn(caller), user.account());
    Decision decision =
        caller.decide(new Permission(action, federated, RequestTags.of(tags.values())));
    if (!decision.allowed()) {
      throw Denied.because(caller, action, federated.arn(), decision);
    }
  }
}
