package dev.lakebed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.iam.SessionKeys.StoreKeys;
import dev.lakebed.iam.store.SecretSeal;
import dev.lakebed.storage.metadata.DatabaseSettings;
import dev.lakebed.storage.metadata.iam.AccessKeys.StoredKey;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.IamStore;
import dev.lakebed.storage.metadata.iam.Seal.SecretText;
import dev.lakebed.storage.metadata.store.MetadataStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users put into the database are read by the server as if the IAM API had made them. */
class LoadedUsersTest {
  @Test
  void loaded_users_have_their_key_their_secret_and_their_policy(@TempDir Path data)
      throws Exception {
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    DatabaseSettings settings = new DatabaseSettings.Embedded(data.resolve("postgres"));
    try (MetadataStore metadata = MetadataStore.open(settings)) {
      IamStore store =
          new IamStore(
              metadata.database(),
              metadata.changes(),
              new SecretSeal(new StoreKeys(data.resolve("keys"))::all));
      long before = store.changeNumber();
      UserSet users = new UserSet("b");
      users.invent(12);
      new LoadedUsers(data).store(users, 2, 12);
      assertThat(store.changeNumber()).isEqualTo(before + 1);
      store.read(
          stored -> {
            StoredKey key = stored.keys().find(users.keys(11).access()).orElseThrow();
            assertThat(key.secret()).contains(new SecretText(users.keys(11).secret()));
            assertThat(key.active()).isTrue();
            assertThat(stored.entities().byId(key.userId()).orElseThrow().arn())
                .isEqualTo("arn:aws:iam::000000000000:user/user-000011");
            assertThat(stored.inline().of(key.userId()))
                .isEqualTo(Map.of("home", users.policy(11)));
            assertThat(stored.entities().count(UserSet.ACCOUNT, Kind.USER)).isEqualTo(10);
            return true;
          });
    }
  }
}
