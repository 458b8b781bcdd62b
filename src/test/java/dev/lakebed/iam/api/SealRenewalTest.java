package dev.lakebed.iam.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.iam.store.SecretSeal;
import dev.lakebed.iam.store.SecretSeal.SealRenewal;
import dev.lakebed.kit.SharedDatabase;
import dev.lakebed.storage.metadata.iam.AccessKeys.StoredKey;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.EntityArn;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.IamStore;
import dev.lakebed.storage.metadata.iam.Seal.SecretText;
import dev.lakebed.support.Evidence;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets at rest: the key that seals them can be changed for another. */
class SealRenewalTest {
  private static final byte[] OLD = key(1);
  private static final byte[] NEW = key(2);
  private static final String ID = "AKIASEALRENEWALTEST2";
  private static final Entity USER =
      Entity.named(
          "AIDASEALRENEWALTEST2",
          new EntityArn("999900001111", Kind.USER, "/", "u"),
          Instant.EPOCH);

  private final AtomicReference<List<byte[]>> keys = new AtomicReference<>(List.of(OLD));
  private final IamStore store =
      new IamStore(
          SharedDatabase.get(), SharedDatabase.store().changes(), new SecretSeal(keys::get));
  private final SealRenewal renewal = new SealRenewal(store, keys::get);

  private static byte[] key(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return key;
  }

  private Optional<String> secret() {
    return store.read(
        stored -> stored.keys().find(ID).orElseThrow().secret().map(SecretText::reveal));
  }

  @BeforeEach
  void insert() {
    store.write(
        stored -> {
          stored.entities().insert(USER);
          StoredKey key = new StoredKey(ID, USER.id(), Optional.empty(), true, Instant.EPOCH);
          stored.keys().insert(key, new SecretText("the secret"));
          return key;
        });
  }

  @AfterEach
  void delete() {
    store.write(
        stored -> {
          stored.keys().delete(ID);
          stored.entities().delete(USER);
          return USER;
        });
  }

  @Test
  void after_renewal_the_old_key_is_not_needed() {
    keys.set(List.of(NEW, OLD));
    renewal.run();
    keys.set(List.of(NEW));
    assertThat(secret()).contains("the secret");
  }

  @Test
  @Evidence("attack-69")
  void without_renewal_the_old_key_is_needed() {
    keys.set(List.of(NEW, OLD));
    assertThat(secret()).contains("the secret");
    keys.set(List.of(NEW));
    assertThat(secret()).isEmpty();
  }

  @Test
  void secret_that_no_key_opens_is_left_as_it_is() {
    keys.set(List.of(NEW, key(3)));
    renewal.run();
    keys.set(List.of(OLD));
    assertThat(secret()).contains("the secret");
  }
}
