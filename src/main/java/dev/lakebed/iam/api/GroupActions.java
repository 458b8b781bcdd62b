package dev.lakebed.iam.api;

import dev.lakebed.iam.api.ActionTarget.ResourceType;
import dev.lakebed.iam.api.parameter.Parameter;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.util.List;

/** Groups and who is in them. */
final class GroupActions {
  static final int GROUPS_PER_USER = 10;

  private GroupActions() {}

  static void addTo(ActionTable table) {
    ActionTarget.Finder named = ResourceType.GROUP.target();
    table.answer(
        "CreateGroup",
        ActionTarget.created(Kind.GROUP, Parameter.GROUP_NAME, Parameter.PATH),
        GroupActions::create,
        "GroupName* Path");
    table.list("GetGroup", named, GroupActions::get, "GroupName*");
    table.list(
        "ListGroups",
        ActionTarget.listed(Kind.GROUP),
        x -> x.pageOfKind(Kind.GROUP, "Groups", EntityXml::group),
        "PathPrefix");
    table.list("ListGroupsForUser", ActionTarget.USER, GroupActions::ofUser, "UserName*");
    table.change(
        "UpdateGroup",
        named,
        (inventory, x) ->
            UserActions.rename(inventory, x, ResourceType.GROUP, Parameter.NEW_GROUP_NAME),
        "GroupName* NewPath NewGroupName");
    table.change("DeleteGroup", named, GroupActions::delete, "GroupName*");
    table.change("AddUserToGroup", named, GroupActions::add, "GroupName* UserName*");
    table.change("RemoveUserFromGroup", named, GroupActions::remove, "GroupName* UserName*");
  }

  private static QueryXml.Content create(IamRequest x) {
    Entity group =
        x.write(
            inventory ->
                inventory.insert(NewEntity.of(inventory, x, Kind.GROUP, Parameter.GROUP_NAME)));
    return xml -> xml.element("Group", g -> EntityXml.group(g, group));
  }

  private static QueryXml.Content get(IamRequest x) {
    record Members(Entity group, List<Entity> users) {}
    Members members =
        x.read(
            inventory -> {
              Entity group = ResourceType.GROUP.require(inventory, x);
              return new Members(group, inventory.members(group));
            });
    QueryXml.Content users = x.page(members.users(), "Users", EntityXml::user);
    return xml -> {
      xml.element("Group", g -> EntityXml.group(g, members.group()));
      users.writeTo(xml);
    };
  }

  private static QueryXml.Content ofUser(IamRequest x) {
    List<Entity> groups =
        x.read(inventory -> inventory.containers(ResourceType.USER.require(inventory, x)));
    return x.page(groups, "Groups", EntityXml::group);
  }

  private static void delete(Inventory inventory, IamRequest x) {
    Entity group = ResourceType.GROUP.changeable(inventory, x);
    NewEntity.refuseUse(
        !inventory.stored().members().in(group.id()).isEmpty(),
        "must remove users from group first.");
    UserActions.refusePolicies(inventory.stored(), group.id());
    inventory.stored().entities().delete(group);
  }

  private static void add(Inventory inventory, IamRequest x) {
    Entity group = ResourceType.GROUP.changeable(inventory, x);
    Entity user = ResourceType.USER.changeable(inventory, x);
    List<String> groups = inventory.stored().members().containers(user.id());
    NewEntity.refuse(
        groups.size() >= GROUPS_PER_USER && !groups.contains(group.id()),
        QueryError.LIMIT_EXCEEDED,
        "Cannot exceed quota for GroupsPerUser: " + GROUPS_PER_USER);
    inventory.stored().members().add(group.id(), user.id());
  }

  private static void remove(Inventory inventory, IamRequest x) {
    Entity group = ResourceType.GROUP.changeable(inventory, x);
    Entity user = ResourceType.USER.changeable(inventory, x);
    NewEntity.refuse(
        !inventory.stored().members().remove(group.id(), user.id()),
        QueryError.NO_SUCH_ENTITY,
        "User %s is not in group %s.".formatted(user.name(), group.name()));
  }
}
