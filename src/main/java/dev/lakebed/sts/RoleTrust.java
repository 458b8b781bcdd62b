package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Denial;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.TagKeys;
import dev.lakebed.iam.model.Role;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Decision.Layer;
import dev.lakebed.policy.Keys;
import java.util.List;
import java.util.Optional;

/** Asks the trust policy of a role, and the caller's own policies, for all a request needs. */
record RoleTrust(Caller caller, RoleArn arn, Keys keys) {
  private static final String ASSUME = "sts:AssumeRole";

  /** The role, if it exists and lets the caller in; one and the same refusal if not. */
  Role require(Optional<Role> role) {
    if (role.isEmpty()) {
      Permission wanted = Denied.permission(caller, ASSUME, arn.toString());
      Decision none = new Decision.ImplicitDeny(Layer.TRUST, ASSUME, Optional.empty());
      throw Denied.because(caller, wanted, none, "there is no such role", "");
    }
    Denied.unlessAllowed(caller, permission(role.get(), ASSUME), "");
    return role.get();
  }

  /** A further action that the request needs; the caller may know that the role exists. */
  void require(Role role, String action, String why) {
    Denied.unlessAllowed(
        caller,
        permission(role, action),
        "%s, so the role's trust policy must allow %s beside sts:AssumeRole"
            .formatted(why, action));
  }

  private Permission permission(Role role, String action) {
    Resource resource = new Resource(arn.toString(), arn.account(), List.of(role.trust()));
    return new Permission(action, resource, keys.or(tags(role)));
  }

  /** Condition keys of the tags of a role that is to be assumed. */
  static Keys tags(Role role) {
    return TagKeys.of(TagKeys.RESOURCE, role.tags())
        .or(TagKeys.of("iam:resourcetag/", role.tags()));
  }

  /** Refusals of STS. The reason goes to the log; the caller must not learn which roles exist. */
  static final class Denied {
    private Denied() {}

    static QueryException because(
        Caller caller, String action, String resource, Decision decision) {
      return because(caller, permission(caller, action, resource), decision, "", "");
    }

    /** Refuses what the caller may not do; the hint for him is empty or a sentence. */
    static void unlessAllowed(Caller caller, Permission permission, String hint) {
      Decision decision = caller.decide(permission);
      if (!decision.allowed()) {
        throw because(caller, permission, decision, "", hint);
      }
    }

    /** The note is for the log: what the decision cannot know. The hint is for the caller too. */
    static QueryException because(
        Caller caller, Permission permission, Decision decision, String note, String hint) {
      String message =
          "User: %s is not authorized to perform: %s on resource: %s"
              .formatted(
                  caller.principal().arn(), permission.action(), permission.resource().named());
      Denial denial = caller.deny(permission, decision, note);
      return QueryException.denied(
          denial.named(hint.isEmpty() ? message : message + ". " + hint),
          denial,
          caller.seal(denial));
    }

    /** A refusal by a rule that no policy can change, which the caller may know. */
    static QueryException prevented(
        Caller caller, String action, String resource, String rule, String sentence) {
      Decision decision = new Decision.Prevented(rule, "because of a rule of the server");
      return because(caller, permission(caller, action, resource), decision, sentence, sentence);
    }

    static Permission permission(Caller caller, String action, String resource) {
      return Permission.of(action, Resource.of(resource, caller.principal().account()));
    }
  }
}
