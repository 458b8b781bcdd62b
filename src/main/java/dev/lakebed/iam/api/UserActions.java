package dev.lakebed.iam.api;

import dev.lakebed.iam.api.ActionTable.EntityActions;
import dev.lakebed.iam.api.ActionTarget.ResourceType;
import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.iam.api.parameter.TagList;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.IamStore.IamTransaction;
import java.util.Optional;

final class UserActions {
  private static final Parameter NAME = IamParameter.named("UserName", 64);
  private static final Parameter NEW_NAME = IamParameter.named("NewUserName", 64);

  private static final Parameter NEW_PATH = IamParameter.path("NewPath");

  private UserActions() {}

  static void addTo(ActionTable table) {
    table.create(
        ResourceType.USER,
        NAME,
        IamParameter.PATH,
        x -> content(NewEntity.insert(x, Kind.USER, x.require(NAME), user -> user)),
        IamParameter.BOUNDARY,
        TagList.TAGS);
    table.onUser(IamParameter.USER_NAME).answer("GetUser", (inventory, user, x) -> content(user));
    table.listAll(Kind.USER, "Users", EntityXml::user);
    rename(table, ResourceType.USER, NEW_NAME);
    EntityActions named = table.on(ResourceType.USER);
    named.change("DeleteUser", (inventory, user, x) -> delete(inventory, user));
  }

  private static QueryXml.Content content(Entity user) {
    return xml -> xml.element("User", u -> EntityXml.userWithDetails(u, user));
  }

  /** UpdateUser or UpdateGroup. The caller must be allowed the same under the new name. */
  static void rename(ActionTable table, ResourceType type, Parameter newName) {
    table
        .on(type)
        .change(
            "Update" + type.noun(),
            (inventory, old, x) -> rename(inventory, old, x, type.parameter(), newName),
            NEW_PATH,
            newName);
  }

  private static void rename(
      Inventory inventory, Entity old, IamRequest x, Parameter oldName, Parameter newName) {
    Optional<String> path = x.find(NEW_PATH);
    Optional<String> name = x.find(newName);
    Entity renamed = old.renamed(path.orElse(old.path()), name.orElse(old.name()));
    String shown =
        old.kind().arn(x.account(), path.orElse("/"), name.orElseGet(() -> x.require(oldName)));
    x.caller().require(new ActionTarget(renamed.arn(), shown, Optional.of(old)).permission(x));
    if (!renamed.name().equalsIgnoreCase(old.name())) {
      inventory.requireFree(old.kind(), renamed.name());
    }
    inventory.update(renamed);
  }

  private static void delete(Inventory inventory, Entity user) {
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
