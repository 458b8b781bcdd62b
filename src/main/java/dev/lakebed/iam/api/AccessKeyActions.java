package dev.lakebed.iam.api;

import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.iam.api.parameter.Parameter;
import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.store.ConfiguredEntities;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.AccessKeys.StoredKey;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.LastUses.LastUse;
import dev.lakebed.storage.metadata.iam.Seal.SecretText;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Access keys of users and root users. */
final class AccessKeyActions {
  static final int MOST = 2;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 30;

  private static final Parameter ID = Parameter.of("AccessKeyId", 16, 128, "\\w+");
  private static final Parameter STATUS =
      Parameter.oneOf("Status", "Active", "Inactive", "Expired");

  private AccessKeyActions() {}

  static void addTo(ActionTable table) {
    Parameter user = Parameter.USER_NAME;
    table.answer("CreateAccessKey", ActionTarget.USER, AccessKeyActions::create, user);
    table.list("ListAccessKeys", ActionTarget.USER, AccessKeyActions::list, user);
    table.change(
        "UpdateAccessKey",
        ActionTarget.USER,
        AccessKeyActions::update,
        user,
        ID.required(),
        STATUS.required());
    table.change(
        "DeleteAccessKey", ActionTarget.USER, AccessKeyActions::delete, user, ID.required());
    table.answer(
        "GetAccessKeyLastUsed", AccessKeyActions::owner, AccessKeyActions::lastUsed, ID.required());
  }

  private static QueryXml.Content create(IamRequest x) {
    byte[] random = new byte[SECRET_BYTES];
    RANDOM.nextBytes(random);
    SecretText secret = new SecretText(Base64.getEncoder().encodeToString(random));
    record Made(Entity owner, StoredKey key) {}
    Made made =
        x.write(
            inventory -> {
              Entity owner = changeable(inventory, x);
              NewEntity.refuse(
                  KeyFacts.of(inventory, owner).size() >= MOST,
                  QueryError.LIMIT_EXCEEDED,
                  "Cannot exceed quota for AccessKeysPerUser: " + MOST);
              if (inventory.stored().entities().byId(owner.id()).isEmpty()) {
                // A root user, whom only the configuration has so far.
                inventory.insert(owner);
              }
              StoredKey key =
                  new StoredKey(
                      NewEntity.id("AKIA", 16), owner.id(), Optional.of(secret), true, x.now());
              inventory.stored().keys().insert(key, secret);
              return new Made(owner, key);
            });
    return xml ->
        xml.element(
            "AccessKey",
            k -> {
              EntityXml.userName(k, made.owner());
              k.text("AccessKeyId", made.key().id())
                  .text("Status", "Active")
                  .text("SecretAccessKey", secret.reveal())
                  .text("CreateDate", EntityXml.time(made.key().created()));
            });
  }

  /** Whose keys are to be changed: not a user of the configuration. */
  private static Entity changeable(Inventory inventory, IamRequest x) {
    Entity owner = inventory.require(x.user());
    return owner.kind() == Kind.ROOT ? owner : Inventory.changeable(owner);
  }

  private static QueryXml.Content list(IamRequest x) {
    record Listed(Entity owner, List<KeyFacts> keys) {}
    Paging paging = Paging.of(x.query());
    Listed listed =
        x.read(
            inventory -> {
              Entity owner = inventory.require(x.user());
              return new Listed(owner, KeyFacts.of(inventory, owner));
            });
    return xml -> {
      EntityXml.userName(xml, listed.owner());
      paging
          .content(
              "AccessKeyMetadata",
              listed.keys(),
              KeyFacts::id,
              (member, key) -> {
                EntityXml.userName(member, listed.owner());
                member
                    .text("AccessKeyId", key.id())
                    .text("Status", key.active() ? "Active" : "Inactive")
                    .text("CreateDate", EntityXml.time(key.created().orElse(Instant.EPOCH)));
              })
          .writeTo(xml);
    };
  }

  private static void update(Inventory inventory, IamRequest x) {
    StoredKey key = owned(inventory, x);
    String status = x.require(STATUS);
    NewEntity.refuse(
        status.equals("Expired"), QueryError.INVALID_INPUT, "A key cannot be set to Expired.");
    inventory.stored().keys().activate(key.id(), status.equals("Active"));
  }

  private static void delete(Inventory inventory, IamRequest x) {
    StoredKey key = owned(inventory, x);
    inventory.stored().keys().delete(key.id());
    inventory.stored().uses().forget(key.id());
  }

  /** The key, if it is one of the user's: authorised was what is done to that user. */
  private static StoredKey owned(Inventory inventory, IamRequest x) {
    Entity owner = changeable(inventory, x);
    String id = x.require(ID);
    NewEntity.refuse(
        inventory.configured().keys(owner).anyMatch(key -> key.id().equals(id)),
        QueryError.UNMODIFIABLE_ENTITY,
        "The Access Key with id %s is defined in the configuration.".formatted(id));
    return inventory
        .stored()
        .keys()
        .find(id)
        .filter(key -> key.userId().equals(owner.id()))
        .orElseThrow(() -> missing(id));
  }

  private static QueryException missing(String id) {
    return new QueryException(
        QueryError.NO_SUCH_ENTITY, "The Access Key with id %s cannot be found.".formatted(id));
  }

  /** GetAccessKeyLastUsed is authorised on the owner of the key, whom a refusal does not tell. */
  private static ActionTarget owner(IamRequest x) {
    Optional<Entity> owner = user(x, x.require(ID));
    String any = Kind.USER.arn(x.account(), "/", "*");
    return new ActionTarget(owner.map(Entity::arn).orElse(any), any, owner);
  }

  private static Optional<Entity> user(IamRequest x, String keyId) {
    Optional<Entity> configured =
        x.configured().key(keyId).map(OwnedKey::owner).map(ConfiguredEntities::owner);
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

  private static QueryXml.Content lastUsed(IamRequest x) {
    String id = x.require(ID);
    Entity user = user(x, id).orElseThrow(() -> missing(id));
    x.services().uses().flush();
    Optional<LastUse> use =
        x.read(inventory -> inventory.stored().uses().of(id).stream().findFirst());
    return xml -> {
      EntityXml.userName(xml, user);
      xml.element(
          "AccessKeyLastUsed",
          last -> {
            if (use.isPresent()) {
              last.text("LastUsedDate", EntityXml.time(use.get().at()));
            }
            last.text("ServiceName", use.map(LastUse::service).orElse("N/A"))
                .text("Region", use.map(LastUse::region).orElse("N/A"));
          });
    };
  }

  /**
   * What is told about an access key.
   *
   * @param created nothing is known for a key of the configuration
   */
  record KeyFacts(String id, boolean active, Optional<Instant> created) {
    /** The keys of a user, or of a root user, who can have both configured and stored ones. */
    static List<KeyFacts> of(Inventory inventory, Entity owner) {
      Stream<KeyFacts> configured =
          inventory
              .configured()
              .keys(owner)
              .map(key -> new KeyFacts(key.id(), key.active(), Optional.empty()));
      Stream<KeyFacts> stored =
          inventory.stored().keys().of(owner.id()).stream()
              .map(key -> new KeyFacts(key.id(), key.active(), Optional.of(key.created())));
      return Stream.concat(configured, stored).toList();
    }
  }
}
