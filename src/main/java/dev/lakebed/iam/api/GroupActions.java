package dev.lakebed.iam.api;

import dev.lakebed.iam.api.ActionTable.EntityActions;
import dev.lakebed.iam.api.ActionTarget.ResourceType;
import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.util.List;

/** Groups and who is in them. */
final class GroupActions {
  static final int GROUPS_PER_USER = 10;

  private static final Parameter NEW_NAME = IamParameter.named("NewGroupName", 128);

  private GroupActions() {}

  static void addTo(ActionTable table) {
    table.create(
        ResourceType.GROUP, IamParameter.GROUP_NAME, IamParameter.PATH, GroupActions::create);
    table.listAll(Kind.GROUP, "Groups", EntityXml::group);
    UserActions.rename(table, ResourceType.GROUP, NEW_NAME);
    table.on(ResourceType.USER).list("ListGroupsForUser", GroupActions::ofUser);
    EntityActions named = table.on(ResourceType.GROUP);
    named.list("GetGroup", GroupActions::get);
    named.change("DeleteGroup", (inventory, group, x) -> delete(inventory, group));
    named.change("AddUserToGroup", GroupActions::add, ResourceType.USER.required());
    named.change("RemoveUserFromGroup", GroupActions::remove, ResourceType.USER.required());
  }

  private static QueryXml.Content create(IamRequest x) {
    Entity made =
        NewEntity.insert(x, Kind.GROUP, x.require(IamParameter.GROUP_NAME), group -> group);
    return xml -> xml.element("Group", group -> EntityXml.group(group, made));
  }

  private static QueryXml.Content get(Inventory inventory, Entity group, IamRequest x) {
    QueryXml.Content users = x.page(inventory.members(group), "Users", EntityXml::user);
    return xml -> {
      xml.element("Group", g -> EntityXml.group(g, group));
      users.writeTo(xml);
    };
  }

  private static QueryXml.Content ofUser(Inventory inventory, Entity user, IamRequest x) {
    return x.page(inventory.containers(user), "Groups", EntityXml::group);
  }

  private static void delete(Inventory inventory, Entity group) {
    NewEntity.refuseUse(
        !inventory.stored().members().in(group.id()).isEmpty(),
        "must remove users from group first.");
    UserActions.refusePolicies(inventory.stored(), group.id());
    inventory.stored().entities().delete(group);
  }

  private static void add(Inventory inventory, Entity group, IamRequest x) {
    Entity user = ResourceType.USER.changeable(inventory, x);
    List<String> groups = inventory.stored().members().containers(user.id());
    if (!groups.contains(group.id())) {
      NewEntity.limit("GroupsPerUser", groups.size() + 1, GROUPS_PER_USER);
    }
    inventory.stored().members().add(group.id(), user.id());
  }

  private static void remove(Inventory inventory, Entity group, IamRequest x) {
    Entity user = ResourceType.USER.changeable(inventory, x);
    if (!inventory.stored().members().remove(group.id(), user.id())) {
      throw QueryError.NO_SUCH_ENTITY.because(
          "User %s is not in group %s.".formatted(user.name(), group.name()));
    }
  }
}
