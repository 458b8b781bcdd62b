package dev.lakebed.iam.api;

import dev.lakebed.iam.api.Paging.Listing;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.IamTransaction;
import dev.lakebed.storage.metadata.iam.Kind;
import java.util.Optional;

/** Users. */
final class UserActions {
  private static final String USER = "UserName";

  private UserActions() {}

  static void addTo(ActionTable table) {
    table.answer(
        "CreateUser",
        AuthorizationTarget.created(Kind.USER, Parameter.CREATED_USER_NAME, Parameter.PATH),
        UserActions::create,
        "UserName*",
        "Path",
        "PermissionsBoundary",
        "Tags");
    table.answer("GetUser", AuthorizationTarget.USER, UserActions::get, USER);
    table.list("ListUsers", AuthorizationTarget.listed(Kind.USER), UserActions::list, "PathPrefix");
    table.change(
        "UpdateUser",
        AuthorizationTarget.named(Kind.USER, Parameter.USER_NAME),
        UserActions::update,
        "UserName*",
        "NewPath",
        "NewUserName");
    table.change(
        "DeleteUser",
        AuthorizationTarget.named(Kind.USER, Parameter.USER_NAME),
        UserActions::delete,
        "UserName*");
  }

  private static QueryXml.Content create(IamRequest x) {
    Entity user =
        x.write(
            inventory -> {
              Entity made =
                  NewEntity.bounded(
                      inventory,
                      x,
                      NewEntity.of(
                          inventory, x, Kind.USER, Parameter.CREATED_USER_NAME, Parameter.PATH));
              inventory.stored().entities().insert(made);
              return made;
            });
    return xml -> xml.element("User", u -> EntityXml.userWithDetails(u, user));
  }

  private static QueryXml.Content get(IamRequest x) {
    Entity user = x.read(inventory -> inventory.require(x.user()));
    return xml -> xml.element("User", u -> EntityXml.userWithDetails(u, user));
  }

  private static QueryXml.Content list(IamRequest x) {
    return Listing.of(x, Kind.USER, "Users", EntityXml::user);
  }

  private static void update(Inventory inventory, IamRequest x) {
    Entity user = inventory.changeable(Kind.USER, x.require(Parameter.USER_NAME));
    rename(inventory, x, user, Parameter.USER_NAME, Parameter.NEW_USER_NAME);
  }

  /** The caller must be allowed the same under the new name. */
  static void rename(
      Inventory inventory, IamRequest x, Entity old, Parameter name, Parameter newName) {
    Optional<String> path = x.find(Parameter.NEW_PATH);
    Optional<String> wanted = x.find(newName);
    Entity renamed = old.renamed(path.orElse(old.path()), wanted.orElse(old.name()));
    String named =
        old.kind().arn(x.account(), path.orElse("/"), wanted.orElseGet(() -> x.require(name)));
    AuthorizationTarget aim = new AuthorizationTarget(renamed.arn(), named, Optional.of(old));
    x.caller().require(aim.permission(x));
    if (!renamed.name().equalsIgnoreCase(old.name())) {
      inventory.requireFree(old.kind(), renamed.name());
    }
    inventory.stored().entities().update(renamed);
  }

  private static void delete(Inventory inventory, IamRequest x) {
    Entity user = inventory.changeable(Kind.USER, x.require(Parameter.USER_NAME));
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
