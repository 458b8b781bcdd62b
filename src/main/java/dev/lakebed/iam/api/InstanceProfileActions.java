package dev.lakebed.iam.api;

import dev.lakebed.auth.Permission;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Kind;
import java.util.List;

/** Instance profiles. Nothing here starts instances; tools that set roles up make them. */
final class InstanceProfileActions {
  private static final AuthorizationTarget.Finder NAMED =
      AuthorizationTarget.named(Kind.INSTANCE_PROFILE, Parameter.PROFILE_NAME);

  private InstanceProfileActions() {}

  static void addTo(ActionTable table) {
    table.answer(
        "CreateInstanceProfile",
        AuthorizationTarget.created(Kind.INSTANCE_PROFILE, Parameter.PROFILE_NAME, Parameter.PATH),
        InstanceProfileActions::create,
        "InstanceProfileName*",
        "Path",
        "Tags");
    table.answer("GetInstanceProfile", NAMED, InstanceProfileActions::get, "InstanceProfileName*");
    table.list(
        "ListInstanceProfiles",
        AuthorizationTarget.listed(Kind.INSTANCE_PROFILE),
        InstanceProfileActions::list,
        "PathPrefix");
    table.list(
        "ListInstanceProfilesForRole",
        AuthorizationTarget.named(Kind.ROLE, Parameter.ROLE_NAME),
        InstanceProfileActions::ofRole,
        "RoleName*");
    table.change(
        "AddRoleToInstanceProfile",
        NAMED,
        InstanceProfileActions::add,
        "InstanceProfileName*",
        "RoleName*");
    table.change(
        "RemoveRoleFromInstanceProfile",
        NAMED,
        InstanceProfileActions::remove,
        "InstanceProfileName*",
        "RoleName*");
    table.change(
        "DeleteInstanceProfile", NAMED, InstanceProfileActions::delete, "InstanceProfileName*");
  }

  /** A profile and the role in it, if there is one. */
  record Filled(Entity profile, List<Entity> roles) {
    static Filled of(Inventory inventory, Entity profile) {
      return new Filled(
          profile,
          inventory
              .entities(inventory.stored().members().in(profile.id()))
              .map(inventory::shown)
              .toList());
    }
  }

  private static QueryXml.Content create(IamRequest x) {
    Entity profile =
        x.write(
            inventory -> {
              Entity made =
                  NewEntity.of(
                      inventory, x, Kind.INSTANCE_PROFILE, Parameter.PROFILE_NAME, Parameter.PATH);
              inventory.stored().entities().insert(made);
              return made;
            });
    return content(new Filled(profile, List.of()));
  }

  private static QueryXml.Content content(Filled filled) {
    return xml ->
        xml.element(
            "InstanceProfile",
            p -> {
              EntityXml.profile(p, filled.profile(), filled.roles());
              TagList.writeAll(p, filled.profile().tags());
            });
  }

  private static QueryXml.Content get(IamRequest x) {
    return content(
        x.read(
            inventory ->
                Filled.of(
                    inventory,
                    inventory.require(Kind.INSTANCE_PROFILE, x.require(Parameter.PROFILE_NAME)))));
  }

  private static QueryXml.Content list(IamRequest x) {
    Paging paging = Paging.of(x.query());
    String prefix = x.find(Parameter.PATH_PREFIX).orElse("/");
    List<Filled> found =
        x.read(
            inventory ->
                inventory.list(Kind.INSTANCE_PROFILE, prefix, paging).stream()
                    .map(profile -> Filled.of(inventory, profile))
                    .toList());
    return content(paging, found);
  }

  private static QueryXml.Content content(Paging paging, List<Filled> found) {
    return paging.content(
        "InstanceProfiles",
        found,
        filled -> Inventory.key(filled.profile()),
        (member, filled) -> EntityXml.profile(member, filled.profile(), filled.roles()));
  }

  private static QueryXml.Content ofRole(IamRequest x) {
    Paging paging = Paging.of(x.query());
    List<Filled> all =
        x.read(
            inventory -> {
              Entity role = inventory.require(Kind.ROLE, x.require(Parameter.ROLE_NAME));
              return inventory
                  .entities(inventory.stored().members().containers(role.id()))
                  .map(profile -> Filled.of(inventory, profile))
                  .toList();
            });
    return content(paging, paging.slice(all, filled -> Inventory.key(filled.profile())));
  }

  private static void add(Inventory inventory, IamRequest x) {
    Entity profile = inventory.changeable(Kind.INSTANCE_PROFILE, x.require(Parameter.PROFILE_NAME));
    String name = x.require(Parameter.ROLE_NAME);
    x.caller()
        .require(
            new Permission(
                "iam:PassRole",
                AuthorizationTarget.of(inventory, Kind.ROLE, name).resource(x.account()),
                key ->
                    key.equals("iam:passedtoservice") ? List.of("ec2.amazonaws.com") : List.of()));
    Entity role = inventory.changeable(Kind.ROLE, name);
    NewEntity.refuse(
        !inventory.stored().members().in(profile.id()).isEmpty(),
        QueryError.LIMIT_EXCEEDED,
        "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
    inventory.stored().members().add(profile.id(), role.id());
  }

  private static void remove(Inventory inventory, IamRequest x) {
    Entity profile = inventory.changeable(Kind.INSTANCE_PROFILE, x.require(Parameter.PROFILE_NAME));
    Entity role = inventory.require(Kind.ROLE, x.require(Parameter.ROLE_NAME));
    NewEntity.refuse(
        !inventory.stored().members().remove(profile.id(), role.id()),
        QueryError.NO_SUCH_ENTITY,
        "Role %s is not in instance profile %s.".formatted(role.name(), profile.name()));
  }

  private static void delete(Inventory inventory, IamRequest x) {
    Entity profile = inventory.changeable(Kind.INSTANCE_PROFILE, x.require(Parameter.PROFILE_NAME));
    NewEntity.refuseUse(
        !inventory.stored().members().in(profile.id()).isEmpty(),
        "must remove roles from instance profile first.");
    inventory.stored().entities().delete(profile);
  }
}
