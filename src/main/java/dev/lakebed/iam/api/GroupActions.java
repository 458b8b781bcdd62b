package dev.lakebed.iam.api;

import dev.lakebed.iam.api.Paging.Listing;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Kind;
import java.util.List;

/** Groups and who is in them. */
final class GroupActions {
  static final int GROUPS_PER_USER = 10;

  private static final AuthorizationTarget.Finder NAMED =
      AuthorizationTarget.named(Kind.GROUP, Parameter.GROUP_NAME);

  private GroupActions() {}

  static void addTo(ActionTable table) {
    table.answer(
        "CreateGroup",
        AuthorizationTarget.created(Kind.GROUP, Parameter.GROUP_NAME, Parameter.PATH),
        GroupActions::create,
        "GroupName*",
        "Path");
    table.list("GetGroup", NAMED, GroupActions::get, "GroupName*");
    table.list(
        "ListGroups",
        AuthorizationTarget.listed(Kind.GROUP),
        x -> Listing.of(x, Kind.GROUP, "Groups", EntityXml::group),
        "PathPrefix");
    table.list("ListGroupsForUser", AuthorizationTarget.USER, GroupActions::ofUser, "UserName*");
    table.change(
        "UpdateGroup", NAMED, GroupActions::update, "GroupName*", "NewPath", "NewGroupName");
    table.change("DeleteGroup", NAMED, GroupActions::delete, "GroupName*");
    table.change("AddUserToGroup", NAMED, GroupActions::add, "GroupName*", "UserName*");
    table.change("RemoveUserFromGroup", NAMED, GroupActions::remove, "GroupName*", "UserName*");
  }

  private static QueryXml.Content create(IamRequest x) {
    Entity group =
        x.write(
            inventory -> {
              Entity made =
                  NewEntity.of(inventory, x, Kind.GROUP, Parameter.GROUP_NAME, Parameter.PATH);
              inventory.stored().entities().insert(made);
              return made;
            });
    return xml -> xml.element("Group", g -> EntityXml.group(g, group));
  }

  private record Members(Entity group, List<Entity> users) {}

  private static QueryXml.Content get(IamRequest x) {
    Members members =
        x.read(
            inventory -> {
              Entity group = inventory.require(Kind.GROUP, x.require(Parameter.GROUP_NAME));
              return new Members(
                  group, inventory.entities(inventory.stored().members().in(group.id())).toList());
            });
    QueryXml.Content users = Listing.of(x, members.users(), "Users", EntityXml::user);
    return xml -> {
      xml.element("Group", g -> EntityXml.group(g, members.group()));
      users.writeTo(xml);
    };
  }

  private static QueryXml.Content ofUser(IamRequest x) {
    List<Entity> groups =
        x.read(
            inventory -> {
              Entity user = inventory.require(Kind.USER, x.require(Parameter.USER_NAME));
              return inventory
                  .entities(inventory.stored().members().containers(user.id()))
                  .toList();
            });
    return Listing.of(x, groups, "Groups", EntityXml::group);
  }

  private static void update(Inventory inventory, IamRequest x) {
    Entity group = inventory.changeable(Kind.GROUP, x.require(Parameter.GROUP_NAME));
    UserActions.rename(inventory, x, group, Parameter.GROUP_NAME, Parameter.NEW_GROUP_NAME);
  }

  private static void delete(Inventory inventory, IamRequest x) {
    Entity group = inventory.changeable(Kind.GROUP, x.require(Parameter.GROUP_NAME));
    NewEntity.refuseUse(
        !inventory.stored().members().in(group.id()).isEmpty(),
        "must remove users from group first.");
    UserActions.refusePolicies(inventory.stored(), group.id());
    inventory.stored().entities().delete(group);
  }

  private static void add(Inventory inventory, IamRequest x) {
    Entity group = inventory.changeable(Kind.GROUP, x.require(Parameter.GROUP_NAME));
    Entity user = inventory.changeable(Kind.USER, x.require(Parameter.USER_NAME));
    List<String> groups = inventory.stored().members().containers(user.id());
    NewEntity.refuse(
        groups.size() >= GROUPS_PER_USER && !groups.contains(group.id()),
        QueryError.LIMIT_EXCEEDED,
        "Cannot exceed quota for GroupsPerUser: " + GROUPS_PER_USER);
    inventory.stored().members().add(group.id(), user.id());
  }

  private static void remove(Inventory inventory, IamRequest x) {
    Entity group = inventory.changeable(Kind.GROUP, x.require(Parameter.GROUP_NAME));
    Entity user = inventory.changeable(Kind.USER, x.require(Parameter.USER_NAME));
    NewEntity.refuse(
        !inventory.stored().members().remove(group.id(), user.id()),
        QueryError.NO_SUCH_ENTITY,
        "User %s is not in group %s.".formatted(user.name(), group.name()));
  }
}
