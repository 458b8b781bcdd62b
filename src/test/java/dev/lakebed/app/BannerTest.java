package dev.lakebed.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.iam.IamDirectory;
import dev.lakebed.iam.Identities.GeneratedKey;
import dev.lakebed.iam.IdentityLoader;
import dev.lakebed.ops.Setting;
import dev.lakebed.ops.Settings;
import dev.lakebed.ops.SettingsReader;
import dev.lakebed.support.CapturedLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a start shows: a secret is printed once and on a terminal only; the last line says where.
 */
class BannerTest {
  @TempDir Path folder;

  private GeneratedKey load() {
    IdentityLoader loader = new IdentityLoader(List.of(), Map.of(), folder);
    return new IamDirectory(loader).identities().generated().orElseThrow();
  }

  @Test
  void made_secret_is_shown_once_and_only_on_a_terminal() {
    GeneratedKey made = load();
    String secret = made.owned().key().secret().reveal();
    assertThat(Banner.secret(made, true)).hasValueSatisfying(t -> assertThat(t).contains(secret));
    assertThat(Banner.secret(made, false)).isEmpty();
    assertThat(Banner.secret(load(), true)).isEmpty();
  }

  /** Tests have no terminal, as services and containers have none. */
  @Test
  void without_a_terminal_the_file_is_named_and_the_secret_is_nowhere() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    GeneratedKey made = load();
    List<String> lines;
    try (CapturedLog log = new CapturedLog("dev.lakebed.start");
        PrintStream capturing = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(capturing);
      Banner.administrator(made, new StartLog());
      lines = log.lines();
    } finally {
      System.setOut(before);
    }
    assertThat(lines)
        .singleElement()
        .asString()
        .contains(made.owned().key().id(), folder.resolve("admin.key").toString());
    assertThat(lines + printed.toString(StandardCharsets.UTF_8))
        .doesNotContain(made.owned().key().secret().reveal());
    assertThat(Files.readAllLines(made.file()))
        .containsExactly(made.owned().key().id(), made.owned().key().secret().reveal());
  }

  @Test
  void last_line_says_ready_and_where() {
    assertThat(Banner.ready(SettingsReader.read(Map.of()), Path.of("/d")))
        .isEqualTo(
            "Ready: S3, STS, IAM and S3 Tables at http://localhost:8333, region us-east-1,"
                + " data in /d");
    Settings tls =
        SettingsReader.read(
            Map.of(
                Setting.BIND, "::1",
                Setting.PORT, "80",
                Setting.HTTPS_PORT, "443",
                Setting.TLS_CERT, "c",
                Setting.TLS_KEY, "k"));
    assertThat(Banner.ready(tls, Path.of("/d"))).contains("http://[::1]:80 and https://[::1]:443,");
  }

  @Test
  void iam_takes_changes_unless_files_name_identities_or_a_setting_decides() throws Exception {
    IamDirectory made = new IamDirectory(new IdentityLoader(List.of(), Map.of(), folder));
    Path config =
        Files.writeString(
            folder.resolve("c.json"),
            """
            {"identities":[{"name":"u","actions":["Admin"],
             "credentials":[{"accessKey":"KEY","secretKey":"0123456789abcdef"}]}]}\
            """);
    IamDirectory named = new IamDirectory(new IdentityLoader(List.of(config), Map.of(), folder));
    Settings undecided = SettingsReader.read(Map.of());
    assertThat(ConfiguredIdentities.isIamReadOnly(undecided, made)).isFalse();
    assertThat(ConfiguredIdentities.isIamReadOnly(undecided, named)).isTrue();
    assertThat(
            ConfiguredIdentities.isIamReadOnly(
                SettingsReader.read(Map.of(Setting.IAM_READ_ONLY, "true")), made))
        .isTrue();
    assertThat(
            ConfiguredIdentities.isIamReadOnly(
                SettingsReader.read(Map.of(Setting.IAM_READ_ONLY, "false")), named))
        .isFalse();
  }
}
