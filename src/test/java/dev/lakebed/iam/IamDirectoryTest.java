package dev.lakebed.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.iam.config.IamConfig.WeakKey;
import dev.lakebed.iam.config.InvalidConfigException;
import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.IamSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where identities come from and how they change. */
class IamDirectoryTest {
  private static final String ONE =
      "{\"identities\":[{\"name\":\"a\",\"actions\":[\"Read\"],"
          + "\"credentials\":[{\"accessKey\":\"KEY\",\"secretKey\":\"0123456789abcdef\"}]}]}";

  @TempDir Path folder;
  private Path config;

  @BeforeEach
  void write() throws IOException {
    config = Files.writeString(folder.resolve("iam.json"), ONE);
  }

  private IdentityLoader loader(Map<String, String> environment, Path... files) {
    return new IdentityLoader(List.of(files), environment, folder.resolve("keys"));
  }

  @Test
  void without_identities_an_administrator_key_is_made_once_and_kept_private() throws IOException {
    Identities first = new IamDirectory(loader(Map.of())).identities();
    Identities second = new IamDirectory(loader(Map.of())).identities();
    OwnedKey key = first.generated().orElseThrow().owned();
    assertThat(key.key().id()).matches("AKIA[A-Z2-7]{16}");
    assertThat(key.key().secret().reveal()).hasSize(40);
    assertThat(key.owner().arn()).isEqualTo("arn:aws:iam::000000000000:user/admin");
    assertThat(second.generated().orElseThrow().owned()).isEqualTo(key);
    assertThat(first.generated().orElseThrow().isNew()).isTrue();
    assertThat(second.generated().orElseThrow().isNew()).isFalse();
    assertThat(first.generated().orElseThrow().file()).isEqualTo(folder.resolve("keys/admin.key"));
    assertThat(first.inFiles()).isFalse();
    assertThat(first.snapshot().keys()).containsOnlyKeys(key.key().id());
    assertThat(permissions("keys/admin.key")).isEqualTo("rw-------");
    assertThat(permissions("keys")).isEqualTo("rwx------");
  }

  @Test
  void session_key_is_made_once_and_kept_private() throws IOException {
    IamDirectory directory = new IamDirectory(loader(Map.of(), config));
    new SessionKeys(directory, folder.resolve("keys"));
    String key = Files.readString(folder.resolve("keys/session.key"));
    new SessionKeys(directory, folder.resolve("keys"));
    assertThat(Files.readString(folder.resolve("keys/session.key"))).isEqualTo(key).hasSize(45);
    assertThat(permissions("keys/session.key")).isEqualTo("rw-------");
  }

  @Test
  void damaged_session_key_is_an_error_and_not_replaced() throws IOException {
    IamDirectory directory = new IamDirectory(loader(Map.of(), config));
    Files.createDirectory(folder.resolve("keys"));
    Files.writeString(folder.resolve("keys/session.key"), "");
    assertThatThrownBy(() -> new SessionKeys(directory, folder.resolve("keys")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("session.key must hold base64 keys");
  }

  @Test
  void with_identities_nothing_is_generated() {
    Identities identities = new IamDirectory(loader(Map.of(), config)).identities();
    assertThat(identities.generated()).isEmpty();
    assertThat(identities.inFiles()).isTrue();
    assertThat(folder.resolve("keys")).doesNotExist();
  }

  @Test
  void environment_adds_an_administrator() {
    Identities identities =
        new IamDirectory(
                loader(
                    Map.of("AWS_ACCESS_KEY_ID", "AKIAENVIRON", "AWS_SECRET_ACCESS_KEY", "short"),
                    config))
            .identities();
    assertThat(identities.snapshot().key("AKIAENVIRON").flatMap(owned -> owned.owner().userName()))
        .contains("admin-AKIAENVI");
    assertThat(identities.weakKeys())
        .extracting(WeakKey::accessKeyId)
        .containsExactly("AKIAENVIRON");
    assertThat(identities.administrators())
        .containsExactly(
            "AWS_ACCESS_KEY_ID is set: the access key AKIAENVIRON may do everything, as user"
                + " admin-AKIAENVI");
  }

  @Test
  void environment_never_takes_over_a_key_of_the_file() {
    Identities identities =
        new IamDirectory(
                loader(Map.of("LAKEBED_ACCESS_KEY", "KEY", "LAKEBED_SECRET_KEY", "other"), config))
            .identities();
    OwnedKey key = identities.snapshot().key("KEY").orElseThrow();
    assertThat(key.owner().userName()).contains("a");
    assertThat(key.key().secret().reveal()).isEqualTo("0123456789abcdef");
    assertThat(identities.warnings())
        .containsExactly(
            "LAKEBED_ACCESS_KEY is ignored: the configuration maps this key to a user already");
    assertThat(identities.administrators()).isEmpty();
  }

  @Test
  void half_a_key_and_temporary_keys_of_the_environment_are_ignored_with_a_warning() {
    Identities identities =
        new IamDirectory(
                loader(
                    Map.of(
                        "LAKEBED_ACCESS_KEY", "X",
                        "AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE",
                        "AWS_SECRET_ACCESS_KEY", "secret"),
                    config))
            .identities();
    assertThat(identities.snapshot().keys()).containsOnlyKeys("KEY");
    assertThat(identities.warnings())
        .containsExactly(
            "LAKEBED_ACCESS_KEY is ignored: id and secret must both be set",
            "AWS_ACCESS_KEY_ID is ignored: it is a temporary key of another service");
  }

  @Test
  void invalid_configuration_does_not_start() throws IOException {
    Files.writeString(config, "{\"x\":1}");
    assertThatThrownBy(() -> new IamDirectory(loader(Map.of(), config)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("iam.json:1:2: x: unknown field");
  }

  @Test
  void reload_swaps_everything_or_nothing() throws IOException {
    IamDirectory directory = new IamDirectory(loader(Map.of(), config));
    IamSnapshot before = directory.snapshot();
    Files.writeString(config, "{\"x\":1}");
    assertThat(directory.reload()).isFalse();
    assertThat(directory.snapshot()).isSameAs(before);
    Files.writeString(config, ONE.replace("KEY", "NEW"));
    assertThat(directory.reload()).isTrue();
    assertThat(directory.snapshot().keys()).containsOnlyKeys("NEW");
    assertThat(before.keys()).containsOnlyKeys("KEY");
  }

  @Test
  void watcher_reloads_when_a_file_changes() throws Exception {
    IdentityLoader loader = loader(Map.of(), config);
    IamDirectory directory = new IamDirectory(loader);
    try (ConfigWatcher watcher = new ConfigWatcher(directory, loader)) {
      watcher.start(Duration.ofMillis(10));
      Files.writeString(config, ONE.replace("KEY", "LONGER"));
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (directory.snapshot().key("LONGER").isEmpty() && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
    }
    assertThat(directory.snapshot().keys()).containsOnlyKeys("LONGER");
  }

  private String permissions(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
  }
}
