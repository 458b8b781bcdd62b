package dev.lakebed.iam.api;

import dev.lakebed.iam.api.ActionTarget.ResourceType;
import dev.lakebed.iam.api.NewEntity.PolicyInput;
import dev.lakebed.iam.api.parameter.Limits;
import dev.lakebed.iam.api.parameter.Parameter;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.policy.Policy;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.IamStore.IamTransaction;
import dev.lakebed.storage.metadata.iam.LastUses.LastUse;
import java.util.Optional;

/** Roles. */
final class RoleActions {
  private RoleActions() {}

  static void addTo(ActionTable table) {
    ActionTarget.Finder named = ResourceType.ROLE.target();
    table.answer(
        "CreateRole",
        ActionTarget.created(Kind.ROLE, Parameter.ROLE_NAME, Parameter.PATH),
        RoleActions::create,
        "RoleName* Path AssumeRolePolicyDocument* Description MaxSessionDuration"
            + " PermissionsBoundary Tags");
    table.answer("GetRole", named, RoleActions::get, "RoleName*");
    table.list(
        "ListRoles",
        ActionTarget.listed(Kind.ROLE),
        x -> x.pageOfKind(Kind.ROLE, "Roles", EntityXml::role),
        "PathPrefix");
    table.answer(
        "UpdateRole", named, RoleActions::update, "RoleName* Description MaxSessionDuration");
    table.answer("UpdateRoleDescription", named, RoleActions::describe, "RoleName* Description*");
    table.change("UpdateAssumeRolePolicy", named, RoleActions::trust, "RoleName* PolicyDocument*");
    table.change("DeleteRole", named, RoleActions::delete, "RoleName*");
  }

  private static Optional<Integer> maxSession(IamRequest x) {
    return Limits.MAX_SESSION.find(x.query());
  }

  private static QueryXml.Content create(IamRequest x) {
    String trust = PolicyInput.trust(x, Parameter.TRUST_DOCUMENT);
    Entity role =
        x.write(
            inventory -> {
              Entity named = NewEntity.of(inventory, x, Kind.ROLE, Parameter.ROLE_NAME);
              Entity made =
                  NewEntity.bounded(inventory, x, named)
                      .documented(inventory.bound(trust))
                      .described(x.find(Parameter.ROLE_DESCRIPTION).orElse(""))
                      .lasting(maxSession(x).orElse(Limits.MAX_SESSION.least()));
              return inventory.shown(inventory.insert(made));
            });
    warn(role, trust);
    return content(role);
  }

  private static QueryXml.Content content(Entity role) {
    return xml -> xml.element("Role", r -> EntityXml.roleWithDetails(r, role));
  }

  private static QueryXml.Content get(IamRequest x) {
    x.services().uses().flush();
    record Found(Entity role, Optional<LastUse> use) {}
    Found found =
        x.read(
            inventory -> {
              Entity role = ResourceType.ROLE.require(inventory, x);
              return new Found(
                  inventory.shown(role),
                  inventory.stored().uses().of(role.id()).stream().findFirst());
            });
    return xml ->
        xml.element(
            "Role",
            r -> {
              EntityXml.roleWithDetails(r, found.role());
              r.element(
                  "RoleLastUsed",
                  used -> {
                    if (found.use().isPresent()) {
                      used.text("LastUsedDate", EntityXml.time(found.use().get().at()))
                          .text("Region", found.use().get().region());
                    }
                  });
            });
  }

  private static QueryXml.Content update(IamRequest x) {
    x.write(
        inventory -> {
          Entity role = ResourceType.ROLE.changeable(inventory, x);
          return inventory.update(
              role.described(x.find(Parameter.ROLE_DESCRIPTION).orElse(role.description()))
                  .lasting(maxSession(x).orElse(role.maxSession())));
        });
    return xml -> {};
  }

  private static QueryXml.Content describe(IamRequest x) {
    return content(
        x.write(
            inventory -> {
              Entity role = ResourceType.ROLE.changeable(inventory, x);
              return inventory.shown(
                  inventory.update(role.described(x.require(Parameter.ROLE_DESCRIPTION))));
            }));
  }

  private static void trust(Inventory inventory, IamRequest x) {
    Entity role = ResourceType.ROLE.changeable(inventory, x);
    String trust = PolicyInput.trust(x, Parameter.POLICY_DOCUMENT);
    inventory.update(role.documented(inventory.bound(trust)));
    warn(role, trust);
  }

  private static void warn(Entity role, String trust) {
    PolicyInput.warn("trust policy of " + role.name(), trust, Policy.Kind.TRUST, role.arn());
  }

  private static void delete(Inventory inventory, IamRequest x) {
    Entity role = ResourceType.ROLE.changeable(inventory, x);
    IamTransaction stored = inventory.stored();
    NewEntity.refuseUse(
        !stored.members().containers(role.id()).isEmpty(),
        "must remove roles from instance profile first.");
    UserActions.refusePolicies(stored, role.id());
    stored.uses().forget(role.id());
    stored.entities().delete(role);
  }
}
