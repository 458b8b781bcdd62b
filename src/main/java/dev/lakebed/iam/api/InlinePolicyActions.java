package dev.lakebed.iam.api;

import dev.lakebed.iam.api.ActionTable.EntityActions;
import dev.lakebed.iam.api.ActionTarget.ResourceType;
import dev.lakebed.iam.api.NewEntity.PolicyInput;
import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.iam.model.Role.InlinePolicyName;
import dev.lakebed.operation.query.ParameterLimits;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.policy.Policy;
import dev.lakebed.storage.metadata.iam.Entity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Policies that are part of one user, group or role. */
final class InlinePolicyActions {
  static final List<ResourceType> HOLDERS =
      List.of(ResourceType.USER, ResourceType.GROUP, ResourceType.ROLE);

  private InlinePolicyActions() {}

  static void addTo(ActionTable table) {
    HOLDERS.forEach(holder -> addTo(table, holder));
  }

  private static void addTo(ActionTable table, ResourceType holder) {
    String noun = holder.noun();
    ParameterLimits name = IamParameter.POLICY_NAME.required();
    EntityActions named = table.on(holder);
    named.change(
        "Put" + noun + "Policy",
        (inventory, entity, x) -> put(holder, inventory, entity, x),
        name,
        IamParameter.POLICY_DOCUMENT.required());
    named.answer("Get" + noun + "Policy", (all, entity, x) -> get(holder, all, entity, x), name);
    named.list("List" + noun + "Policies", InlinePolicyActions::list);
    named.change("Delete" + noun + "Policy", InlinePolicyActions::delete, name);
  }

  private static void put(ResourceType holder, Inventory inventory, Entity entity, IamRequest x) {
    String name = x.require(IamParameter.POLICY_NAME);
    String document =
        PolicyInput.parsed(x.require(IamParameter.POLICY_DOCUMENT), Policy.Kind.IDENTITY);
    Map<String, String> all = new HashMap<>(inventory.inline(entity));
    all.put(name, document);
    int size = all.values().stream().mapToInt(PolicyInput::size).sum();
    NewEntity.limit(holder.noun() + "PolicySize", size, holder.inlineQuota());
    inventory.stored().inline().put(entity.id(), name, document);
    PolicyInput.warn(
        InlinePolicyName.of(entity.kind().resource(), entity.name(), name),
        document,
        Policy.Kind.IDENTITY,
        entity.arn());
  }

  private static QueryXml.Content get(
      ResourceType holder, Inventory inventory, Entity entity, IamRequest x) {
    String name = x.require(IamParameter.POLICY_NAME);
    String document =
        Optional.ofNullable(inventory.inline(entity).get(name))
            .orElseThrow(() -> missing(entity, name));
    return xml ->
        xml.text(holder.parameter().name(), entity.name())
            .text("PolicyName", name)
            .text("PolicyDocument", EntityXml.document(document));
  }

  private static QueryException missing(Entity holder, String name) {
    return QueryError.NO_SUCH_ENTITY.because(
        "The %s policy with name %s cannot be found."
            .formatted(Inventory.noun(holder.kind()), name));
  }

  private static QueryXml.Content list(Inventory inventory, Entity entity, IamRequest x) {
    return Paging.of(x.query()).texts("PolicyNames", inventory.inline(entity).keySet());
  }

  private static void delete(Inventory inventory, Entity entity, IamRequest x) {
    String name = x.require(IamParameter.POLICY_NAME);
    if (!inventory.stored().inline().remove(entity.id(), name)) {
      throw missing(entity, name);
    }
  }

  /** Permissions boundaries of users and roles. */
  static final class BoundaryActions {
    private BoundaryActions() {}

    static void addTo(ActionTable table) {
      for (ResourceType holder : List.of(ResourceType.USER, ResourceType.ROLE)) {
        EntityActions named = table.on(holder);
        named.change(
            "Put" + holder.noun() + "PermissionsBoundary",
            BoundaryActions::put,
            IamParameter.BOUNDARY.required());
        named.change(
            "Delete" + holder.noun() + "PermissionsBoundary",
            (inventory, entity, x) -> delete(inventory, entity));
      }
    }

    private static void put(Inventory inventory, Entity entity, IamRequest x) {
      String arn = inventory.policy(x.require(IamParameter.BOUNDARY)).arn();
      inventory.update(entity.bounded(Optional.of(arn)));
    }

    private static void delete(Inventory inventory, Entity entity) {
      if (entity.boundary().isEmpty()) {
        throw QueryError.NO_SUCH_ENTITY.because(
            "%s has no permissions boundary.".formatted(entity.name()));
      }
      inventory.update(entity.bounded(Optional.empty()));
    }
  }
}
