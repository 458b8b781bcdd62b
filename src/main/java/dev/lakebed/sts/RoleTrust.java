package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.TagKeys;
import dev.lakebed.iam.model.Role;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Keys;
import java.util.List;
import java.util.Optional;

/** Asks the trust policy of a role, and the caller's own policies, for all a request needs. */
final class RoleTrust {
  private final Caller caller;
  private final RoleArn arn;
  private final Keys keys;

  RoleTrust(Caller caller, RoleArn arn, Keys keys) {
    this.caller = caller;
    this.arn = arn;
    this.keys = keys;
  }

  /** The role, if it exists and lets the caller in; one and the same refusal if not. */
  Role require(Optional<Role> role) {
    if (role.isEmpty()) {
      throw Denied.because(caller, "sts:AssumeRole", arn.toString(), "there is no such role", "");
    }
    Permission permission = permission(role.get(), "sts:AssumeRole");
    Decision decision = caller.decide(permission);
    if (!decision.allowed()) {
      throw Denied.because(caller, permission, decision, "", "");
    }
    return role.get();
  }

  /** A further action that the request needs; the caller may know that the role exists. */
  void require(Role role, String action, String why) {
    Permission permission = permission(role, action);
    Decision decision = caller.decide(permission);
    if (!decision.allowed()) {
      throw Denied.because(
          caller,
          permission,
          decision,
          "",
          "%s, so the role's trust policy must allow %s beside sts:AssumeRole"
              .formatted(why, action));
    }
  }

  private Permission permission(Role role, String action) {
    Resource resource = new Resource(arn.toString(), arn.account(), List.of(role.trust()));
    return new Permission(action, resource, keys.or(RoleTags.of(role)));
  }

  /** Condition keys of the tags of a role that is to be assumed. */
  static final class RoleTags {
    private RoleTags() {}

    static Keys of(Role role) {
      return TagKeys.of(TagKeys.RESOURCE, role.tags())
          .or(TagKeys.of("iam:resourcetag/", role.tags()));
    }
  }
}
