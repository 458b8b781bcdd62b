package dev.lakebed.iam.api;

import dev.lakebed.iam.model.OwnedKey;
import dev.lakebed.metadata.iam.Entity;
import dev.lakebed.metadata.iam.Kind;
import dev.lakebed.metadata.iam.LastUse;
import dev.lakebed.metadata.iam.SecretText;
import dev.lakebed.metadata.iam.StoredKey;
import dev.lakebed.query.QueryError;
import dev.lakebed.query.QueryException;
import dev.lakebed.query.QueryXml;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Access keys of users. */
final class AccessKeyActions {
  static final int MOST = 2;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 30;
  private static final String USER = "UserName";

  private AccessKeyActions() {}

  static void addTo(ActionTable table) {
    table.answer("CreateAccessKey", Aim.USER, AccessKeyActions::create, USER);
    table.list("ListAccessKeys", Aim.USER, AccessKeyActions::list, USER);
    table.change(
        "UpdateAccessKey", Aim.USER, AccessKeyActions::update, USER, "AccessKeyId*", "Status*");
    table.change("DeleteAccessKey", Aim.USER, AccessKeyActions::delete, USER, "AccessKeyId*");
    table.answer(
        "GetAccessKeyLastUsed",
        AccessKeyActions::owner,
        AccessKeyActions::lastUsed,
        "AccessKeyId*");
  }

  private static QueryXml.Content create(Exchange x) {
    byte[] random = new byte[SECRET_BYTES];
    RANDOM.nextBytes(random);
    SecretText secret = new SecretText(Base64.getEncoder().encodeToString(random));
    String name = x.userName();
    StoredKey key =
        x.write(
            inventory -> {
              Entity user = inventory.changeable(Kind.USER, name);
              NewEntity.refuse(
                  inventory.stored().keys().of(user.id()).size() >= MOST,
                  QueryError.LIMIT_EXCEEDED,
                  "Cannot exceed quota for AccessKeysPerUser: " + MOST);
              StoredKey made =
                  new StoredKey(
                      NewEntity.id("AKIA", 16), user.id(), Optional.of(secret), true, x.now());
              inventory.stored().keys().insert(made, secret);
              return made;
            });
    return xml ->
        xml.element(
            "AccessKey",
            k ->
                k.text("UserName", name)
                    .text("AccessKeyId", key.id())
                    .text("Status", "Active")
                    .text("SecretAccessKey", secret.reveal())
                    .text("CreateDate", EntityXml.time(key.created())));
  }

  private record Shown(String id, boolean active, Instant created) {}

  private static QueryXml.Content list(Exchange x) {
    String name = x.userName();
    Paging paging = Paging.of(x.query());
    List<Shown> keys = x.read(inventory -> keys(inventory, x, inventory.require(Kind.USER, name)));
    return xml -> {
      xml.text("UserName", name);
      paging
          .content(
              "AccessKeyMetadata",
              paging.slice(keys, Shown::id),
              Shown::id,
              (member, key) ->
                  member
                      .text("UserName", name)
                      .text("AccessKeyId", key.id())
                      .text("Status", key.active() ? "Active" : "Inactive")
                      .text("CreateDate", EntityXml.time(key.created())))
          .writeTo(xml);
    };
  }

  private static List<Shown> keys(Inventory inventory, Exchange x, Entity user) {
    if (user.configured()) {
      return x.configured().keys().values().stream()
          .filter(key -> key.owner().arn().equals(user.arn()))
          .map(key -> new Shown(key.key().id(), key.key().active(), Instant.EPOCH))
          .toList();
    }
    return inventory.stored().keys().of(user.id()).stream()
        .map(key -> new Shown(key.id(), key.active(), key.created()))
        .toList();
  }

  private static void update(Inventory inventory, Exchange x) {
    StoredKey key = owned(inventory, x);
    String status = x.require(Parameter.STATUS);
    NewEntity.refuse(
        status.equals("Expired"), QueryError.INVALID_INPUT, "A key cannot be set to Expired.");
    inventory.stored().keys().activate(key.id(), status.equals("Active"));
  }

  private static void delete(Inventory inventory, Exchange x) {
    StoredKey key = owned(inventory, x);
    inventory.stored().keys().delete(key.id());
    inventory.stored().uses().forget(key.id());
  }

  /** The key, if it is one of the user's: authorised was what is done to that user. */
  private static StoredKey owned(Inventory inventory, Exchange x) {
    Entity user = inventory.changeable(Kind.USER, x.userName());
    String id = x.require(Parameter.ACCESS_KEY_ID);
    return inventory
        .stored()
        .keys()
        .find(id)
        .filter(key -> key.userId().equals(user.id()))
        .orElseThrow(() -> missing(id));
  }

  private static QueryException missing(String id) {
    return new QueryException(
        QueryError.NO_SUCH_ENTITY, "The Access Key with id %s cannot be found.".formatted(id));
  }

  /** GetAccessKeyLastUsed is authorised on the owner of the key. */
  private static Aim owner(Exchange x) {
    Optional<Entity> owner = user(x, x.require(Parameter.ACCESS_KEY_ID));
    return new Aim(
        owner.map(Entity::arn).orElseGet(() -> Kind.USER.arn(x.account(), "/", "*")), owner);
  }

  private static Optional<Entity> user(Exchange x, String keyId) {
    Optional<Entity> configured =
        x.configured().key(keyId).map(OwnedKey::owner).map(Configured::user);
    return configured
        .or(
            () ->
                x.read(
                    inventory ->
                        inventory
                            .stored()
                            .keys()
                            .find(keyId)
                            .flatMap(key -> inventory.stored().entities().byId(key.userId()))))
        .filter(user -> user.account().equals(x.account()));
  }

  private static QueryXml.Content lastUsed(Exchange x) {
    String id = x.require(Parameter.ACCESS_KEY_ID);
    Entity user = user(x, id).orElseThrow(() -> missing(id));
    x.services().uses().flush();
    Optional<LastUse> use =
        x.read(inventory -> inventory.stored().uses().of(id).stream().findFirst());
    return xml ->
        xml.text("UserName", user.name())
            .element(
                "AccessKeyLastUsed",
                last -> {
                  if (use.isPresent()) {
                    last.text("LastUsedDate", EntityXml.time(use.get().at()));
                  }
                  last.text("ServiceName", use.map(LastUse::service).orElse("N/A"))
                      .text("Region", use.map(LastUse::region).orElse("N/A"));
                });
  }
}
