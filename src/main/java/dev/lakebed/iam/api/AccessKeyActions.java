package dev.lakebed.iam.api;

import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.store.ConfiguredEntities;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.ParameterLimits;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

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
    Parameter user = IamParameter.USER_NAME;
    table.answer("CreateAccessKey", ActionTarget.USER, AccessKeyActions::create, user);
    table.list("ListAccessKeys", ActionTarget.USER, AccessKeyActions::list, user);
    ParameterLimits id = ID.required();
    ParameterLimits status = STATUS.required();
    table.change("UpdateAccessKey", ActionTarget.USER, AccessKeyActions::update, user, id, status);
    table.change("DeleteAccessKey", ActionTarget.USER, AccessKeyActions::delete, user, id);
    table.answer("GetAccessKeyLastUsed", AccessKeyActions::owner, AccessKeyActions::lastUsed, id);
  }

  private static QueryXml.Content create(IamRequest x) {
    byte[] random = new byte[SECRET_BYTES];
    RANDOM.nextBytes(random);
    SecretText secret = new SecretText(Base64.getEncoder().encodeToString(random));
    return x.write(
        inventory -> {
          Entity owner = changeable(inventory, x);
          NewEntity.limit("AccessKeysPerUser", KeyFacts.of(inventory, owner).size() + 1, MOST);
          if (inventory.stored().entities().byId(owner.id()).isEmpty()) {
            // A root user, whom only the configuration has so far.
            inventory.insert(owner);
          }
          String id = NewEntity.id("AKIA", 16);
          StoredKey key = new StoredKey(id, owner.id(), Optional.of(secret), true, x.now());
          inventory.stored().keys().insert(key, secret);
          return xml ->
              xml.element(
                  "AccessKey",
                  k ->
                      EntityXml.userName(k, owner)
                          .text("AccessKeyId", id)
                          .text("Status", "Active")
                          .text("SecretAccessKey", secret.reveal())
                          .text("CreateDate", EntityXml.time(key.created())));
        });
  }

  /** Whose keys are to be changed: not a user of the configuration. */
  private static Entity changeable(Inventory inventory, IamRequest x) {
    Entity owner = inventory.require(x.user());
    return owner.kind() == Kind.ROOT ? owner : Inventory.changeable(owner);
  }

  private static QueryXml.Content list(IamRequest x) {
    Paging paging = Paging.of(x.query());
    return x.read(
        inventory -> {
          Entity owner = inventory.require(x.user());
          QueryXml.Content keys =
              paging.content(
                  "AccessKeyMetadata",
                  KeyFacts.of(inventory, owner),
                  KeyFacts::id,
                  (member, key) -> key.write(member, owner));
          return xml -> {
            EntityXml.userName(xml, owner);
            keys.writeTo(xml);
          };
        });
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
    Optional<StoredKey> found = inventory.stored().keys().find(id);
    return found.filter(key -> key.userId().equals(owner.id())).orElseThrow(() -> missing(id));
  }

  private static QueryException missing(String id) {
    return QueryError.NO_SUCH_ENTITY.because(
        "The Access Key with id %s cannot be found.".formatted(id));
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
        .or(() -> x.read(all -> all.stored().owner(keyId)))
        .filter(user -> user.account().equals(x.account()));
  }

  private static QueryXml.Content lastUsed(IamRequest x) {
    String id = x.require(ID);
    Entity user = user(x, id).orElseThrow(() -> missing(id));
    x.services().uses().flush();
    Optional<LastUse> use =
        x.read(inventory -> inventory.stored().uses().of(id).stream().findFirst());
    return xml ->
        EntityXml.userName(xml, user)
            .element(
                "AccessKeyLastUsed",
                last ->
                    last.optional("LastUsedDate", use.map(LastUse::at).map(EntityXml::time))
                        .text("ServiceName", use.map(LastUse::service).orElse("N/A"))
                        .text("Region", use.map(LastUse::region).orElse("N/A")));
  }

  /** What is told about an access key; nothing is known of the creation of a configured one. */
  record KeyFacts(String id, boolean active, Optional<Instant> created) {
    private void write(QueryXml xml, Entity owner) {
      EntityXml.userName(xml, owner)
          .text("AccessKeyId", id)
          .text("Status", active ? "Active" : "Inactive")
          .text("CreateDate", EntityXml.time(created.orElse(Instant.EPOCH)));
    }

    /** The keys of a user, or of a root user, who can have both configured and stored ones. */
    static List<KeyFacts> of(Inventory inventory, Entity owner) {
      List<KeyFacts> keys = new ArrayList<>();
      inventory
          .configured()
          .keys(owner)
          .forEach(key -> keys.add(new KeyFacts(key.id(), key.active(), Optional.empty())));
      for (StoredKey key : inventory.stored().keys().of(owner.id())) {
        keys.add(new KeyFacts(key.id(), key.active(), Optional.of(key.created())));
      }
      return keys;
    }
  }
}
