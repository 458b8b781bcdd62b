package dev.lakebed.app.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.app.launch.PayaraLauncher.CannotStartException;
import dev.lakebed.ops.ListenerSetting;
import dev.lakebed.ops.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * The commands as a newcomer meets them. Flags of {@code weed mini}: SeaweedFS,
 * weed/command/mini.go.
 */
class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine lakebed =
      Main.commandLine(new ExplainCommand(), Map.of())
          .setOut(new PrintWriter(out))
          .setErr(new PrintWriter(err));

  private int run(String... arguments) {
    return lakebed.execute(arguments);
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void help_of_serve_names_every_setting_with_variable_default_and_sentence(Setting setting) {
    assertThat(run("serve", "--help")).isZero();
    // Lines may be broken anywhere, behind a dot too.
    String help = out.toString().replaceAll("\\s+", "");
    assertThat(help)
        .contains(setting.variable())
        .contains(setting.description().replaceAll("\\s+", ""));
    setting
        .option()
        .ifPresent(
            option ->
                assertThat(help)
                    .contains(option)
                    .contains(
                        setting.defaultValue().isEmpty()
                            ? setting.variable()
                            : setting.variable() + ",default" + setting.defaultValue()));
  }

  /**
   * A word that is broken, such as -s3.config or lakekeeper.json, can neither be read nor copied.
   */
  @ParameterizedTest
  @CsvSource({"serve,80", "serve,200", "mini,80", "revoke,80"})
  void help_fits_its_width_and_breaks_no_word(String command, int width) {
    lakebed.setUsageHelpAutoWidth(false).setUsageHelpWidth(width);
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= Math.min(100, width));
    String words =
        lakebed.getSubcommands().get(command).getCommandSpec().options().stream()
            .flatMap(option -> Arrays.stream(option.description()))
            .collect(Collectors.joining(" "));
    assertThat(out.toString().split("\\s+")).contains(words.split("\\s+"));
  }

  @Test
  void secrets_are_no_options() {
    assertThat(SettingOptions.names())
        .doesNotContainKeys(Setting.SECRET_KEY, Setting.DB_PASSWORD)
        .containsEntry(Setting.IAM_READ_ONLY, "--iam-read-only");
  }

  @Test
  void options_of_serve_become_settings() {
    CommandLine.ParseResult parsed =
        lakebed
            .parseArgs(
                "serve",
                "--iam-read-only=false",
                "--strict",
                "--bucket",
                "a",
                "--bucket=b,c",
                "--port",
                "9000")
            .subcommand();
    assertThat(SettingOptions.given(parsed, SettingOptions.names()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                Setting.IAM_READ_ONLY, "false",
                Setting.STRICT, "true",
                Setting.BUCKET, "a,b,c",
                Setting.PORT, "9000"));
  }

  @Test
  void without_a_command_the_commands_are_listed() {
    assertThat(run()).isEqualTo(Main.UNUSABLE_CONFIGURATION);
    assertThat(err.toString())
        .contains("serve", "mini", "explain", "revoke", "help", "lakebed serve --help");
  }

  @Test
  void help_and_version_end_well() {
    assertThat(run("help")).isZero();
    assertThat(run("help", "serve")).isZero();
    assertThat(run("revoke", "--help")).isZero();
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).contains("lakebed (unpacked)", "AWS_SECRET_ACCESS_KEY");
  }

  @ParameterizedTest
  @CsvSource({
    "serve --prot 9000,--port",
    "serve --bukcet=a,--bucket",
    "serve --iam-readonly=false,--iam-read-only",
    "mini -s3.prot=1,-s3.port",
    "mini -bucktes=a,-bucket",
    "revoke --sesion x,--session",
    "srve,serve"
  })
  void mistyped_word_is_refused_with_the_right_one(String line, String meant) {
    assertThat(run(line.split(" "))).isEqualTo(Main.UNUSABLE_CONFIGURATION);
    assertThat(err.toString()).contains("did you mean " + meant + "?").hasLineCount(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve --strange", "mini -strange=1", "serve stray", "mini stray"})
  void word_that_resembles_nothing_is_refused_all_the_same(String line) {
    assertThat(run(line.split(" "))).isEqualTo(Main.UNUSABLE_CONFIGURATION);
    assertThat(err.toString()).contains("is unknown").doesNotContain("did you mean");
  }

  @Test
  void port_that_is_taken_is_refused_with_the_option_that_helps() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(
              () ->
                  PayaraLauncher.requireFree(
                      new ListenerSetting("x", Setting.ICEBERG_PORT, "127.0.0.1", port)))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining("127.0.0.1 port " + port)
          .hasMessageEndingWith(
              "--iceberg-port (LAKEBED_ICEBERG_PORT) takes another, or 0 for none");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.1", "no such host"})
  void address_that_is_not_of_this_machine_is_refused_with_the_option_that_helps(String bind) {
    assertThatThrownBy(
            () -> PayaraLauncher.requireFree(new ListenerSetting("x", Setting.PORT, bind, 23999)))
        .isInstanceOf(CannotStartException.class)
        .hasMessageStartingWith("cannot listen on address " + bind + ": ")
        .hasMessageEndingWith(
            "; --bind (LAKEBED_BIND) takes an address of this machine, or 0.0.0.0 for all");
  }

  private Map<Setting, String> mini(Map<String, String> variables, String... flags) {
    lakebed.parseArgs(Stream.concat(Stream.of("mini"), Stream.of(flags)).toArray(String[]::new));
    MiniCommand command = lakebed.getSubcommands().get("mini").getCommand();
    return command.settings(variables);
  }

  @Test
  void flags_of_weed_mini_become_settings_in_every_form() {
    assertThat(
            mini(
                Map.of("S3_BUCKET", "env", "S3_TABLE_BUCKET", "t:ICEBERG,u"),
                "-dir=/d",
                "--s3.port=8334",
                "-ip.bind",
                "127.0.0.1",
                "-ip=10.0.0.1",
                "-s3.iam.readOnly=false",
                "-s3.externalUrl=https://s3.example.com:9000/x",
                "-bucket=a,b"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                Setting.DATA, "/d",
                Setting.PORT, "8334",
                Setting.BIND, "127.0.0.1",
                Setting.IAM_READ_ONLY, "false",
                Setting.EXTERNAL_HOST, "s3.example.com:9000",
                Setting.BUCKET, "a,b",
                Setting.TABLE_BUCKET, "t,u"));
  }

  /** getBindIp() of mini.go: who asks for 127.0.0.1 must not be open to the network. */
  @Test
  void mini_binds_to_the_address_of_ip_where_no_other_is_given() {
    assertThat(mini(Map.of(), "-ip=127.0.0.1")).containsEntry(Setting.BIND, "127.0.0.1");
  }

  @Test
  void flags_of_weed_mini_without_a_meaning_are_named() {
    run("mini", "-master.port", "9444", "-volume.max=7", "-s3.iam=true", "-strange");
    assertThat(err.toString())
        .contains("-master.port has no meaning here")
        .contains("-volume.max has no meaning here")
        .contains("-s3.iam has no meaning here")
        .contains("-strange is unknown")
        .doesNotContain("9444");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-whiteList=10.0.0.1",
        "-s3.tlsVerifyClientCert",
        "-s3.cacert.file=ca.pem",
        "-s3.allowedOrigins=https://example.com",
        "--s3.encryptVolumeData=true",
        "-filer.encryptVolumeData",
        "-s3.iam=false",
        "-s3=F",
        "-disableHttp"
      })
  void flags_of_weed_mini_that_protect_something_are_not_passed_over(String flag) {
    run("mini", flag);
    assertThat(err.toString()).contains("protects something in weed mini and is not built here");
  }

  @Test
  void flags_of_weed_mini_that_protect_nothing_are_named() {
    run(
        "mini",
        "-s3.tlsVerifyClientCert=false",
        "-whiteList=",
        "-s3.allowedOrigins=*",
        "-filer.encryptVolumeData=False",
        "-strange");
    assertThat(err.toString())
        .contains("-s3.tlsVerifyClientCert has no meaning here")
        .contains("-whiteList has no meaning here")
        .contains("-s3.allowedOrigins has no meaning here")
        .contains("-filer.encryptVolumeData has no meaning here");
  }

  @ParameterizedTest
  @CsvSource({
    "serve, --port, --port",
    "mini, -s3.port, -s3.port",
    "mini, --s3.port, -s3.port",
  })
  void problem_of_an_option_names_the_option(String command, String option, String named) {
    run(command, option, "abc");
    assertThat(err.toString()).contains(named + " is abc, but must be a number");
  }
}
