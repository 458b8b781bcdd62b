package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Denial;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.iam.model.Role;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.iam.session.ChainLink.ProviderOrigin;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Decision.Layer;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.Question.Grants;
import dev.lakebed.sts.identity.ExternalIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Asks the trust policy of a role whether somebody with an external identity may have it. The
 * policy may name the provider by its ARN, as AWS demands, or by its issuer or name, as SeaweedFS
 * does; a Deny counts under whichever name it is written.
 */
final class FederatedTrust {
  private final List<Caller> callers = new ArrayList<>();
  private final Keys keys;

  FederatedTrust(Caller caller, ExternalIdentity who, Keys requested, Instant now) {
    this.keys = ((Keys) key -> who.keys().getOrDefault(key, List.of())).or(requested);
    callers.add(caller.as(principal(who, who.provider(), now)));
    who.names().forEach(name -> callers.add(caller.as(principal(who, name, now))));
  }

  /** As a federated principal: no account's rights, no policies of its own. */
  private static Principal principal(ExternalIdentity who, String name, Instant now) {
    SessionFacts facts =
        new SessionFacts(
            who.subject(),
            now,
            now,
            Map.of(),
            Set.of(),
            who.sourceIdentity(),
            List.of(new ProviderOrigin(who.provider(), who.subject()).toString()),
            Map.of());
    return new Principal.FederatedUser(
        who.provider().split(":", -1)[4], name, who.subject(), name, facts, Grants.NONE);
  }

  /** The role, if it exists and lets them in by one of the actions; the same refusal if not. */
  Role require(RoleArn arn, Optional<Role> role, List<String> actions) {
    if (role.isEmpty()) {
      String action = actions.getFirst();
      Decision none = new Decision.ImplicitDeny(Layer.TRUST, action, Optional.empty());
      Resource wanted = Resource.of(arn.toString(), arn.account());
      throw refused(action, Permission.of(action, wanted), none, "there is no such role");
    }
    List<Answer> answers = actions.stream().flatMap(action -> answers(role.get(), action)).toList();
    requireOne(answers, actions.getFirst());
    return role.get();
  }

  /** A further action that the identity needs. */
  void require(Role role, String action) {
    requireOne(answers(role, action).toList(), action);
  }

  /** What is decided under one name of the provider for one action. */
  private record Answer(Permission permission, Decision decision) {
    boolean denies() {
      return decision instanceof Decision.ExplicitDeny;
    }

    boolean isNear() {
      return decision instanceof Decision.ImplicitDeny deny && deny.nearMiss().isPresent();
    }
  }

  private Stream<Answer> answers(Role role, String action) {
    Permission permission = permission(role, action);
    return callers.stream().map(caller -> new Answer(permission, caller.decide(permission)));
  }

  /** No Deny and one Allow; else the answer that explains most is the refusal in the log. */
  private void requireOne(List<Answer> answers, String asked) {
    Optional<Answer> denied = answers.stream().filter(Answer::denies).findFirst();
    if (denied.isPresent() || answers.stream().noneMatch(a -> a.decision().allowed())) {
      Answer telling =
          denied
              .or(() -> answers.stream().filter(Answer::isNear).findFirst())
              .orElseGet(answers::getFirst);
      throw refused(asked, telling.permission(), telling.decision(), "");
    }
  }

  private Permission permission(Role role, String action) {
    Resource resource =
        new Resource(role.arn().toString(), role.arn().account(), List.of(role.trust()));
    return new Permission(action, resource, keys.or(RoleTrust.tags(role)));
  }

  /** The answer does not tell an unknown role from one that refuses; the log does. */
  private QueryException refused(
      String asked, Permission permission, Decision decision, String note) {
    Denial denial = callers.getFirst().deny(permission, decision, note);
    return QueryException.denied(
        denial.named("Not authorized to perform " + asked), denial, Optional.empty());
  }
}
