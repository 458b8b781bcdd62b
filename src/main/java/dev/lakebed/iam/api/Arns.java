package dev.lakebed.iam.api;

import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryException;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.EntityArn;
import dev.lakebed.storage.metadata.iam.Kind;
import java.util.Optional;

/** Entities by ARN. */
final class Arns {
  private Arns() {}

  /** The entity of the caller's account, or the policy of AWS, that has exactly that ARN. */
  static Optional<Entity> find(Inventory inventory, String arn) {
    Optional<Entity> fixed = inventory.configured().policy(arn).map(Configured::policy);
    return fixed.or(
        () ->
            EntityArn.parse(arn)
                .filter(parsed -> parsed.account().equals(inventory.account()))
                .flatMap(parsed -> inventory.find(parsed.kind(), parsed.name()))
                .filter(entity -> entity.arn().equals(arn)));
  }

  /** The same; NoSuchEntity when there is none. */
  static Entity require(Inventory inventory, String arn) {
    return find(inventory, arn)
        .orElseThrow(
            () ->
                new QueryException(
                    QueryError.NO_SUCH_ENTITY,
                    "Entity with ARN %s cannot be found.".formatted(arn)));
  }

  /** The entity of that kind; NoSuchEntity when there is none, InvalidInput for another ARN. */
  static Entity require(Inventory inventory, Kind kind, String arn) {
    if (EntityArn.parse(arn).filter(parsed -> parsed.kind() == kind).isEmpty()) {
      throw new QueryException(QueryError.INVALID_INPUT, "ARN " + arn + " is not valid.");
    }
    return find(inventory, arn).orElseThrow(() -> Inventory.missing(kind, arn));
  }
}
