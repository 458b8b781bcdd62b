package dev.lakebed.iam.api;

import dev.lakebed.metadata.iam.Entity;
import dev.lakebed.metadata.iam.Kind;
import dev.lakebed.metadata.iam.PolicyVersion;
import dev.lakebed.query.QueryError;
import dev.lakebed.query.QueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A policy that a user, group or role has, and where from.
 *
 * @param arn of a managed policy
 * @param holder the entity, or a group of the user
 */
record PolicySource(String name, Optional<String> arn, Entity holder, String document) {
  /** The user, group or role of an ARN. */
  static Entity principal(Inventory inventory, String arn) {
    Entity entity =
        Arns.find(inventory, arn)
            .orElseThrow(
                () ->
                    new QueryException(
                        QueryError.NO_SUCH_ENTITY,
                        "Entity with ARN %s cannot be found.".formatted(arn)));
    return switch (entity.kind()) {
      case USER, GROUP, ROLE -> entity;
      case ROOT, POLICY, INSTANCE_PROFILE, OIDC_PROVIDER, SAML_PROVIDER ->
          throw new QueryException(
              QueryError.INVALID_INPUT, "The ARN must name a user, group or role.");
    };
  }

  /** Its policies and, for a user, those of its groups. */
  static List<PolicySource> of(Inventory inventory, Entity entity) {
    List<PolicySource> all = new ArrayList<>(own(inventory, entity));
    if (entity.kind() == Kind.USER) {
      inventory
          .entities(inventory.stored().members().containers(entity.id()))
          .forEach(group -> all.addAll(own(inventory, group)));
    }
    return all;
  }

  private static List<PolicySource> own(Inventory inventory, Entity entity) {
    List<PolicySource> all = new ArrayList<>();
    inventory
        .inline(entity)
        .forEach(
            (name, document) ->
                all.add(new PolicySource(name, Optional.empty(), entity, document)));
    for (String arn : inventory.attached(entity)) {
      Arns.find(inventory, arn)
          .flatMap(policy -> inForce(inventory, policy))
          .ifPresent(
              version ->
                  all.add(
                      new PolicySource(
                          arn.substring(arn.lastIndexOf('/') + 1),
                          Optional.of(arn),
                          entity,
                          version.document())));
    }
    return all;
  }

  static Optional<PolicyVersion> inForce(Inventory inventory, Entity policy) {
    return inventory.versions(policy).stream()
        .filter(version -> version.number() == policy.versions().inForce())
        .findFirst();
  }
}
