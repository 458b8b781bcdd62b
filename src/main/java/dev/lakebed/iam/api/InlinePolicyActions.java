package dev.lakebed.iam.api;

import dev.lakebed.iam.model.InlinePolicyName;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryException;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.policy.Policy;
import dev.lakebed.storage.metadata.iam.Entity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Policies that are part of one user, group or role. */
final class InlinePolicyActions {
  private static final String POLICY = "PolicyName*";

  private InlinePolicyActions() {}

  static void addTo(ActionTable table) {
    Stream.of(PolicyHolder.USER, PolicyHolder.GROUP, PolicyHolder.ROLE)
        .forEach(holder -> addTo(table, holder));
  }

  private static void addTo(ActionTable table, PolicyHolder holder) {
    String noun = holder.noun();
    String name = holder.name().name() + "*";
    table.change(
        "Put" + noun + "Policy",
        holder.aim(),
        (inventory, x) -> put(holder, inventory, x),
        name,
        POLICY,
        "PolicyDocument*");
    table.answer("Get" + noun + "Policy", holder.aim(), x -> get(holder, x), name, POLICY);
    table.list("List" + noun + "Policies", holder.aim(), x -> list(holder, x), name);
    table.change(
        "Delete" + noun + "Policy",
        holder.aim(),
        (inventory, x) -> delete(holder, inventory, x),
        name,
        POLICY);
  }

  private static void put(PolicyHolder holder, Inventory inventory, IamRequest x) {
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

  private static QueryXml.Content get(PolicyHolder holder, IamRequest x) {
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
        xml.text(holder.name().name(), found.entity().name())
            .text("PolicyName", name)
            .text("PolicyDocument", EntityXml.document(found.document()));
  }

  private static QueryException missing(PolicyHolder holder, String name) {
    return new QueryException(
        QueryError.NO_SUCH_ENTITY,
        "The %s policy with name %s cannot be found."
            .formatted(Inventory.noun(holder.kind()), name));
  }

  private static QueryXml.Content list(PolicyHolder holder, IamRequest x) {
    List<String> names =
        x.read(inventory -> List.copyOf(inventory.inline(holder.require(inventory, x)).keySet()));
    return Paging.of(x.query()).texts("PolicyNames", names);
  }

  private static void delete(PolicyHolder holder, Inventory inventory, IamRequest x) {
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
      Stream.of(PolicyHolder.USER, PolicyHolder.ROLE).forEach(holder -> addTo(table, holder));
    }

    private static void addTo(ActionTable table, PolicyHolder holder) {
      String name = holder.name().name() + "*";
      table.change(
          "Put" + holder.noun() + "PermissionsBoundary",
          holder.aim(),
          (inventory, x) -> put(holder, inventory, x),
          name,
          "PermissionsBoundary*");
      table.change(
          "Delete" + holder.noun() + "PermissionsBoundary",
          holder.aim(),
          (inventory, x) -> delete(holder, inventory, x),
          name);
    }

    private static void put(PolicyHolder holder, Inventory inventory, IamRequest x) {
      Entity entity = holder.changeable(inventory, x);
      String arn = inventory.policy(x.require(Parameter.BOUNDARY)).arn();
      inventory.stored().entities().update(entity.bounded(Optional.of(arn)));
    }

    private static void delete(PolicyHolder holder, Inventory inventory, IamRequest x) {
      Entity entity = holder.changeable(inventory, x);
      NewEntity.refuse(
          entity.boundary().isEmpty(),
          QueryError.NO_SUCH_ENTITY,
          "%s has no permissions boundary.".formatted(entity.name()));
      inventory.stored().entities().update(entity.bounded(Optional.empty()));
    }
  }
}
