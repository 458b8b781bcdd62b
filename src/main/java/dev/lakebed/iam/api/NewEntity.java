package dev.lakebed.iam.api;

import dev.lakebed.iam.api.TagActions.TagList;
import dev.lakebed.iam.model.UniqueId;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.security.SecureRandom;

/** What all actions that make an entity have in common. */
final class NewEntity {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int DIGITS = 17;

  private NewEntity() {}

  static String id(String prefix, int digits) {
    byte[] random = new byte[(digits * 5 + 7) / 8];
    RANDOM.nextBytes(random);
    return prefix + UniqueId.base32(random, digits);
  }

  /** The entity with its name, path and tags; the name must be free. */
  static Entity of(Inventory inventory, IamRequest exchange, Kind kind, Parameter name) {
    return of(inventory, exchange, kind, exchange.require(name), Parameter.PATH);
  }

  /** The same with the limits of a path of its own. */
  static Entity of(
      Inventory inventory, IamRequest exchange, Kind kind, String name, Parameter path) {
    inventory.requireFree(kind, name);
    String place = exchange.find(path).orElse("/");
    return Entity.named(
            id(kind.prefix(), DIGITS), exchange.account(), kind, place, name, exchange.now())
        .tagged(TagList.read(exchange.query()));
  }

  /** The same with the boundary that the request names, which must exist. */
  static Entity bounded(Inventory inventory, IamRequest exchange, Entity entity) {
    return entity.bounded(
        exchange.find(Parameter.BOUNDARY).map(arn -> inventory.policy(arn).arn()));
  }

  static void refuse(boolean conflict, QueryError error, String message) {
    if (conflict) {
      throw new QueryException(error, message);
    }
  }

  /** Refuses to delete what is still in use. */
  static void refuseUse(boolean used, String message) {
    refuse(used, QueryError.DELETE_CONFLICT, "Cannot delete entity, " + message);
  }
}
