package dev.lakebed.iam.api;

import dev.lakebed.auth.Permission;
import dev.lakebed.iam.api.ActionTable.EntityActions;
import dev.lakebed.iam.api.ActionTarget.ResourceType;
import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.iam.api.parameter.TagList;
import dev.lakebed.operation.query.ParameterLimits;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.Members;
import java.util.List;

/** Instance profiles. Nothing here starts instances; tools that set roles up make them. */
final class InstanceProfileActions {
  private InstanceProfileActions() {}

  static void addTo(ActionTable table) {
    table.create(
        ResourceType.INSTANCE_PROFILE,
        IamParameter.PROFILE_NAME,
        IamParameter.PATH,
        InstanceProfileActions::create,
        TagList.TAGS);
    table.list(
        "ListInstanceProfiles",
        ActionTarget.listed(Kind.INSTANCE_PROFILE),
        InstanceProfileActions::list,
        IamParameter.PATH_PREFIX);
    ParameterLimits role = ResourceType.ROLE.required();
    table.list(
        "ListInstanceProfilesForRole",
        ResourceType.ROLE.target(),
        InstanceProfileActions::ofRole,
        role);
    EntityActions named = table.on(ResourceType.INSTANCE_PROFILE);
    named.answer("GetInstanceProfile", (all, profile, x) -> content(Filled.of(all, profile)));
    named.change("AddRoleToInstanceProfile", InstanceProfileActions::add, role);
    named.change("RemoveRoleFromInstanceProfile", InstanceProfileActions::remove, role);
    named.change("DeleteInstanceProfile", (inventory, profile, x) -> delete(inventory, profile));
  }

  /** A profile and the role in it, if there is one. */
  private record Filled(Entity profile, List<Entity> roles) {
    static Filled of(Inventory inventory, Entity profile) {
      return new Filled(
          profile, inventory.members(profile).stream().map(inventory::shown).toList());
    }

    void write(QueryXml xml) {
      EntityXml.profile(xml, profile, roles);
    }
  }

  private static QueryXml.Content create(IamRequest x) {
    String name = x.require(IamParameter.PROFILE_NAME);
    Entity made = NewEntity.insert(x, Kind.INSTANCE_PROFILE, name, profile -> profile);
    return content(new Filled(made, List.of()));
  }

  private static QueryXml.Content content(Filled filled) {
    return xml ->
        xml.element(
            "InstanceProfile",
            p -> {
              filled.write(p);
              TagList.writeAll(p, filled.profile().tags());
            });
  }

  private static QueryXml.Content list(IamRequest x) {
    Paging paging = Paging.of(x.query());
    String path = x.pathPrefix();
    return x.read(all -> page(all, paging, all.list(Kind.INSTANCE_PROFILE, path, paging)));
  }

  private static QueryXml.Content ofRole(IamRequest x) {
    Paging paging = Paging.of(x.query());
    ResourceType role = ResourceType.ROLE;
    return x.read(all -> page(all, paging, all.containers(role.require(all, x))));
  }

  private static QueryXml.Content page(Inventory inventory, Paging paging, List<Entity> profiles) {
    List<Filled> all = profiles.stream().map(profile -> Filled.of(inventory, profile)).toList();
    return paging.content(
        "InstanceProfiles",
        all,
        filled -> Inventory.key(filled.profile()),
        (xml, filled) -> filled.write(xml));
  }

  private static void add(Inventory inventory, Entity profile, IamRequest x) {
    String name = x.require(IamParameter.ROLE_NAME);
    x.caller()
        .require(
            new Permission(
                "iam:PassRole",
                ActionTarget.of(inventory, Kind.ROLE, name).resource(x.account()),
                key ->
                    key.equals("iam:passedtoservice") ? List.of("ec2.amazonaws.com") : List.of()));
    Entity role = Inventory.changeable(inventory.require(Kind.ROLE, name));
    Members members = inventory.stored().members();
    NewEntity.limit("InstanceSessionsPerInstanceProfile", members.in(profile.id()).size() + 1, 1);
    members.add(profile.id(), role.id());
  }

  private static void remove(Inventory inventory, Entity profile, IamRequest x) {
    Entity role = ResourceType.ROLE.require(inventory, x);
    if (!inventory.stored().members().remove(profile.id(), role.id())) {
      throw QueryError.NO_SUCH_ENTITY.because(
          "Role %s is not in instance profile %s.".formatted(role.name(), profile.name()));
    }
  }

  private static void delete(Inventory inventory, Entity profile) {
    NewEntity.refuseUse(
        !inventory.stored().members().in(profile.id()).isEmpty(),
        "must remove roles from instance profile first.");
    inventory.stored().entities().delete(profile);
  }
}
