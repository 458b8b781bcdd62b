package dev.lakebed.iam.api;

import dev.lakebed.iam.api.ActionTable.EntityActions;
import dev.lakebed.iam.api.ActionTarget.ResourceType;
import dev.lakebed.iam.api.NewEntity.PolicyInput;
import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.iam.api.parameter.TagList;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.ParameterLimits.WholeNumber;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.policy.Policy;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.IamStore.IamTransaction;
import dev.lakebed.storage.metadata.iam.LastUses.LastUse;
import java.util.Optional;

final class RoleActions {
  private static final Parameter TRUST = IamParameter.document("AssumeRolePolicyDocument");
  private static final Parameter DESCRIPTION =
      Parameter.of("Description", 0, 1000, "[\\t\\n\\r -~\\xA1-\\xFF]*");

  /** Seconds. */
  private static final WholeNumber MAX_SESSION =
      new WholeNumber("MaxSessionDuration", 3600, 43_200);

  private RoleActions() {}

  static void addTo(ActionTable table) {
    table.create(
        ResourceType.ROLE,
        IamParameter.ROLE_NAME,
        IamParameter.PATH,
        RoleActions::create,
        TRUST.required(),
        DESCRIPTION,
        MAX_SESSION,
        IamParameter.BOUNDARY,
        TagList.TAGS);
    table.answer(
        "GetRole", ResourceType.ROLE.target(), RoleActions::get, ResourceType.ROLE.required());
    table.listAll(Kind.ROLE, "Roles", EntityXml::role);
    EntityActions named = table.on(ResourceType.ROLE);
    named.update("UpdateRole", RoleActions::update, DESCRIPTION, MAX_SESSION);
    named.update("UpdateRoleDescription", RoleActions::describe, DESCRIPTION.required());
    named.change(
        "UpdateAssumeRolePolicy", RoleActions::trust, IamParameter.POLICY_DOCUMENT.required());
    named.change("DeleteRole", (inventory, role, x) -> delete(inventory, role));
  }

  private static QueryXml.Content create(IamRequest x) {
    String trust = PolicyInput.trust(x, TRUST);
    String name = x.require(IamParameter.ROLE_NAME);
    Entity role =
        x.write(
            inventory -> {
              Entity made =
                  NewEntity.of(inventory, x, Kind.ROLE, name, IamParameter.PATH)
                      .documented(inventory.bound(trust))
                      .described(x.find(DESCRIPTION).orElse(""))
                      .lasting(x.find(MAX_SESSION).orElse(MAX_SESSION.least()));
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
    return x.read(inventory -> get(inventory, ResourceType.ROLE.require(inventory, x)));
  }

  private static QueryXml.Content get(Inventory inventory, Entity role) {
    Entity shown = inventory.shown(role);
    Optional<LastUse> use = inventory.stored().uses().of(role.id()).stream().findFirst();
    QueryXml.Content lastUsed =
        xml ->
            xml.optional("LastUsedDate", use.map(LastUse::at).map(EntityXml::time))
                .optional("Region", use.map(LastUse::region));
    return xml ->
        xml.element(
            "Role",
            r -> {
              EntityXml.roleWithDetails(r, shown);
              r.element("RoleLastUsed", lastUsed);
            });
  }

  private static QueryXml.Content update(Inventory inventory, Entity role, IamRequest x) {
    inventory.update(
        role.described(x.find(DESCRIPTION).orElse(role.description()))
            .lasting(x.find(MAX_SESSION).orElse(role.maxSession())));
    return xml -> {};
  }

  private static QueryXml.Content describe(Inventory inventory, Entity role, IamRequest x) {
    return content(inventory.shown(inventory.update(role.described(x.require(DESCRIPTION)))));
  }

  private static void trust(Inventory inventory, Entity role, IamRequest x) {
    String trust = PolicyInput.trust(x, IamParameter.POLICY_DOCUMENT);
    inventory.update(role.documented(inventory.bound(trust)));
    warn(role, trust);
  }

  private static void warn(Entity role, String trust) {
    PolicyInput.warn("trust policy of " + role.name(), trust, Policy.Kind.TRUST, role.arn());
  }

  private static void delete(Inventory inventory, Entity role) {
    IamTransaction stored = inventory.stored();
    NewEntity.refuseUse(
        !stored.members().containers(role.id()).isEmpty(),
        "must remove roles from instance profile first.");
    UserActions.refusePolicies(stored, role.id());
    stored.uses().forget(role.id());
    stored.entities().delete(role);
  }
}
