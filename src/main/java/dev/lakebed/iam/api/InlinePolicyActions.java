package dev.lakebed.iam.api;

import dev.lakebed.iam.api.ActionTarget.ResourceType;
import dev.lakebed.iam.api.NewEntity.PolicyInput;
import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.iam.api.parameter.Parameter;
import dev.lakebed.iam.model.Role.InlinePolicyName;
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
  /** What can have policies. */
  static final List<ResourceType> HOLDERS =
      List.of(ResourceType.USER, ResourceType.GROUP, ResourceType.ROLE);

  private InlinePolicyActions() {}

  static void addTo(ActionTable table) {
    HOLDERS.forEach(holder -> addTo(table, holder));
  }

  private static void addTo(ActionTable table, ResourceType holder) {
    ActionTarget.Finder target = holder.target();
    String noun = holder.noun();
    String one = holder.required() + " PolicyName*";
    table.change(
        "Put" + noun + "Policy",
        target,
        (inventory, x) -> put(holder, inventory, x),
        one + " PolicyDocument*");
    table.answer("Get" + noun + "Policy", target, x -> get(holder, x), one);
    table.list("List" + noun + "Policies", target, x -> list(holder, x), holder.required());
    table.change(
        "Delete" + noun + "Policy", target, (inventory, x) -> delete(holder, inventory, x), one);
  }

  private static void put(ResourceType holder, Inventory inventory, IamRequest x) {
    Entity entity = holder.changeable(inventory, x);
    String name = x.require(Parameter.POLICY_NAME);
    String document =
        PolicyInput.parsed(x.require(Parameter.POLICY_DOCUMENT), Policy.Kind.IDENTITY);
    Map<String, String> all = new HashMap<>(inventory.inline(entity));
    all.put(name, document);
    PolicyInput.limit(
        holder.noun() + "PolicySize",
        all.values().stream().mapToInt(PolicyInput::size).sum(),
        holder.inlineQuota());
    inventory.stored().inline().put(entity.id(), name, document);
    PolicyInput.warn(
        InlinePolicyName.of(entity.kind().resource(), entity.name(), name),
        document,
        Policy.Kind.IDENTITY,
        entity.arn());
  }

  private static QueryXml.Content get(ResourceType holder, IamRequest x) {
    record Found(Entity entity, String document) {}
    String name = x.require(Parameter.POLICY_NAME);
    Found found =
        x.read(
            inventory -> {
              Entity entity = holder.require(inventory, x);
              return new Found(
                  entity,
                  Optional.ofNullable(inventory.inline(entity).get(name))
                      .orElseThrow(() -> missing(holder, name)));
            });
    return xml ->
        xml.text(holder.parameter().name(), found.entity().name())
            .text("PolicyName", name)
            .text("PolicyDocument", EntityXml.document(found.document()));
  }

  private static QueryException missing(ResourceType holder, String name) {
    return new QueryException(
        QueryError.NO_SUCH_ENTITY,
        "The %s policy with name %s cannot be found."
            .formatted(Inventory.noun(holder.kind()), name));
  }

  private static QueryXml.Content list(ResourceType holder, IamRequest x) {
    List<String> names =
        x.read(inventory -> List.copyOf(inventory.inline(holder.require(inventory, x)).keySet()));
    return Paging.of(x.query()).texts("PolicyNames", names);
  }

  private static void delete(ResourceType holder, Inventory inventory, IamRequest x) {
    Entity entity = holder.changeable(inventory, x);
    String name = x.require(Parameter.POLICY_NAME);
    if (!inventory.stored().inline().remove(entity.id(), name)) {
      throw missing(holder, name);
    }
  }

  /** Permissions boundaries of users and roles. */
  static final class BoundaryActions {
    private BoundaryActions() {}

    static void addTo(ActionTable table) {
      for (ResourceType holder : List.of(ResourceType.USER, ResourceType.ROLE)) {
        table.change(
            "Put" + holder.noun() + "PermissionsBoundary",
            holder.target(),
            (inventory, x) -> put(holder, inventory, x),
            holder.required() + " PermissionsBoundary*");
        table.change(
            "Delete" + holder.noun() + "PermissionsBoundary",
            holder.target(),
            (inventory, x) -> delete(holder, inventory, x),
            holder.required());
      }
    }

    private static void put(ResourceType holder, Inventory inventory, IamRequest x) {
      Entity entity = holder.changeable(inventory, x);
      String arn = inventory.policy(x.require(Parameter.BOUNDARY)).arn();
      inventory.update(entity.bounded(Optional.of(arn)));
    }

    private static void delete(ResourceType holder, Inventory inventory, IamRequest x) {
      Entity entity = holder.changeable(inventory, x);
      NewEntity.refuse(
          entity.boundary().isEmpty(),
          QueryError.NO_SUCH_ENTITY,
          "%s has no permissions boundary.".formatted(entity.name()));
      inventory.update(entity.bounded(Optional.empty()));
    }
  }
}
