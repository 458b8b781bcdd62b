package dev.lakebed.iam.api;

import dev.lakebed.operation.query.QueryError;
import dev.lakebed.storage.metadata.iam.Entity;
import java.util.Optional;
import java.util.stream.Stream;

/** Permissions boundaries of users and roles. */
final class BoundaryActions {
  private BoundaryActions() {}

  static void addTo(ActionTable table) {
    Stream.of(Holder.USER, Holder.ROLE).forEach(holder -> addTo(table, holder));
  }

  private static void addTo(ActionTable table, Holder holder) {
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

  private static void put(Holder holder, Inventory inventory, Exchange x) {
    Entity entity = holder.changeable(inventory, x);
    String arn = inventory.policy(x.require(Parameter.BOUNDARY)).arn();
    inventory.stored().entities().update(entity.bounded(Optional.of(arn)));
  }

  private static void delete(Holder holder, Inventory inventory, Exchange x) {
    Entity entity = holder.changeable(inventory, x);
    NewEntity.refuse(
        entity.boundary().isEmpty(),
        QueryError.NO_SUCH_ENTITY,
        "%s has no permissions boundary.".formatted(entity.name()));
    inventory.stored().entities().update(entity.bounded(Optional.empty()));
  }
}
