package dev.lakebed.iam.api;

import dev.lakebed.iam.api.ActionTarget.ResourceType;
import dev.lakebed.iam.api.parameter.Parameter;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.IamStore.IamTransaction;
import java.util.Optional;

/** Users. */
final class UserActions {
  private UserActions() {}

  static void addTo(ActionTable table) {
    ActionTarget.Finder named = ResourceType.USER.target();
    table.answer(
        "CreateUser",
        ActionTarget.created(Kind.USER, Parameter.CREATED_USER_NAME, Parameter.PATH),
        UserActions::create,
        "UserName* Path PermissionsBoundary Tags");
    table.answer(
        "GetUser",
        ActionTarget.USER,
        x -> content(x.read(inventory -> inventory.require(x.user()))),
        "UserName");
    table.list(
        "ListUsers",
        ActionTarget.listed(Kind.USER),
        x -> x.pageOfKind(Kind.USER, "Users", EntityXml::user),
        "PathPrefix");
    table.change(
        "UpdateUser",
        named,
        (inventory, x) -> rename(inventory, x, ResourceType.USER, Parameter.NEW_USER_NAME),
        "UserName* NewPath NewUserName");
    table.change("DeleteUser", named, UserActions::delete, "UserName*");
  }

  private static QueryXml.Content create(IamRequest x) {
    return content(
        x.write(
            inventory -> {
              Entity made = NewEntity.of(inventory, x, Kind.USER, Parameter.CREATED_USER_NAME);
              return inventory.insert(NewEntity.bounded(inventory, x, made));
            }));
  }

  private static QueryXml.Content content(Entity user) {
    return xml -> xml.element("User", u -> EntityXml.userWithDetails(u, user));
  }

  /** The caller must be allowed the same under the new name. */
  static void rename(Inventory inventory, IamRequest x, ResourceType type, Parameter newName) {
    Entity old = type.changeable(inventory, x);
    Optional<String> path = x.find(Parameter.NEW_PATH);
    Optional<String> wanted = x.find(newName);
    Entity renamed = old.renamed(path.orElse(old.path()), wanted.orElse(old.name()));
    String named =
        old.kind()
            .arn(
                x.account(), path.orElse("/"), wanted.orElseGet(() -> x.require(type.parameter())));
    ActionTarget aim = new ActionTarget(renamed.arn(), named, Optional.of(old));
    x.caller().require(aim.permission(x));
    if (!renamed.name().equalsIgnoreCase(old.name())) {
      inventory.requireFree(old.kind(), renamed.name());
    }
    inventory.update(renamed);
  }

  private static void delete(Inventory inventory, IamRequest x) {
    Entity user = ResourceType.USER.changeable(inventory, x);
    IamTransaction stored = inventory.stored();
    String id = user.id();
    NewEntity.refuseUse(stored.logins().find(id).isPresent(), "must delete login profile first.");
    NewEntity.refuseUse(!stored.keys().of(id).isEmpty(), "must delete access keys first.");
    NewEntity.refuseUse(
        !stored.members().containers(id).isEmpty(), "must remove users from group first.");
    refusePolicies(stored, id);
    stored.uses().forget(id);
    stored.entities().delete(user);
  }

  static void refusePolicies(IamTransaction stored, String id) {
    NewEntity.refuseUse(!stored.attachments().of(id).isEmpty(), "must detach all policies first.");
    NewEntity.refuseUse(!stored.inline().of(id).isEmpty(), "must delete policies first.");
  }
}
