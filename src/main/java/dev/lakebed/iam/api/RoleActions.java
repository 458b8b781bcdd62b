package dev.lakebed.iam.api;

import dev.lakebed.iam.api.Paging.Listing;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.policy.Policy;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.IamTransaction;
import dev.lakebed.storage.metadata.iam.Kind;
import dev.lakebed.storage.metadata.iam.LastUse;
import java.util.Optional;

/** Roles. */
final class RoleActions {
  private static final AuthorizationTarget.Finder NAMED =
      AuthorizationTarget.named(Kind.ROLE, Parameter.ROLE_NAME);

  private RoleActions() {}

  static void addTo(ActionTable table) {
    table.answer(
        "CreateRole",
        AuthorizationTarget.created(Kind.ROLE, Parameter.ROLE_NAME, Parameter.PATH),
        RoleActions::create,
        "RoleName*",
        "Path",
        "AssumeRolePolicyDocument*",
        "Description",
        "MaxSessionDuration",
        "PermissionsBoundary",
        "Tags");
    table.answer("GetRole", NAMED, RoleActions::get, "RoleName*");
    table.list(
        "ListRoles",
        AuthorizationTarget.listed(Kind.ROLE),
        x -> Listing.of(x, Kind.ROLE, "Roles", EntityXml::role),
        "PathPrefix");
    table.answer(
        "UpdateRole", NAMED, RoleActions::update, "RoleName*", "Description", "MaxSessionDuration");
    table.answer(
        "UpdateRoleDescription", NAMED, RoleActions::describe, "RoleName*", "Description*");
    table.change(
        "UpdateAssumeRolePolicy", NAMED, RoleActions::trust, "RoleName*", "PolicyDocument*");
    table.change("DeleteRole", NAMED, RoleActions::delete, "RoleName*");
  }

  private static Optional<Integer> maxSession(IamRequest x) {
    return Limits.MAX_SESSION.find(x.query());
  }

  private static QueryXml.Content create(IamRequest x) {
    String trust = PolicyInput.trust(x, Parameter.TRUST_DOCUMENT);
    Entity role =
        x.write(
            inventory -> {
              Entity named =
                  NewEntity.of(inventory, x, Kind.ROLE, Parameter.ROLE_NAME, Parameter.PATH);
              Entity made =
                  NewEntity.bounded(inventory, x, named)
                      .documented(inventory.bound(trust))
                      .described(x.find(Parameter.ROLE_DESCRIPTION).orElse(""))
                      .lasting(maxSession(x).orElse(Limits.MAX_SESSION.least()));
              inventory.stored().entities().insert(made);
              return inventory.shown(made);
            });
    warn(role, trust);
    return xml -> xml.element("Role", r -> EntityXml.roleWithDetails(r, role));
  }

  private static QueryXml.Content get(IamRequest x) {
    x.services().uses().flush();
    record Found(Entity role, Optional<LastUse> use) {}
    Found found =
        x.read(
            inventory -> {
              Entity role = inventory.require(Kind.ROLE, x.require(Parameter.ROLE_NAME));
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
          Entity role = inventory.changeable(Kind.ROLE, x.require(Parameter.ROLE_NAME));
          Entity changed =
              role.described(x.find(Parameter.ROLE_DESCRIPTION).orElse(role.description()))
                  .lasting(maxSession(x).orElse(role.maxSession()));
          inventory.stored().entities().update(changed);
          return changed;
        });
    return xml -> {};
  }

  private static QueryXml.Content describe(IamRequest x) {
    Entity role =
        x.write(
            inventory -> {
              Entity changed =
                  inventory
                      .changeable(Kind.ROLE, x.require(Parameter.ROLE_NAME))
                      .described(x.require(Parameter.ROLE_DESCRIPTION));
              inventory.stored().entities().update(changed);
              return inventory.shown(changed);
            });
    return xml -> xml.element("Role", r -> EntityXml.roleWithDetails(r, role));
  }

  private static void trust(Inventory inventory, IamRequest x) {
    Entity role = inventory.changeable(Kind.ROLE, x.require(Parameter.ROLE_NAME));
    String trust = PolicyInput.trust(x, Parameter.POLICY_DOCUMENT);
    inventory.stored().entities().update(role.documented(inventory.bound(trust)));
    warn(role, trust);
  }

  private static void warn(Entity role, String trust) {
    PolicyInput.warn("trust policy of " + role.name(), trust, Policy.Kind.TRUST, role.arn());
  }

  private static void delete(Inventory inventory, IamRequest x) {
    Entity role = inventory.changeable(Kind.ROLE, x.require(Parameter.ROLE_NAME));
    IamTransaction stored = inventory.stored();
    NewEntity.refuseUse(
        !stored.members().containers(role.id()).isEmpty(),
        "must remove roles from instance profile first.");
    UserActions.refusePolicies(stored, role.id());
    stored.uses().forget(role.id());
    stored.entities().delete(role);
  }
}
