package dev.lakebed.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.ops.SettingValues.SettingSource;
import dev.lakebed.ops.SettingsReader.InvalidSettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One typed record, unknown keys refused, every problem said at once. */
class SettingsReaderTest {
  @Test
  void defaults_are_those_of_the_table() {
    Settings settings = SettingsReader.read(Map.of());
    assertThat(settings.listeners().port()).isEqualTo(8333);
    assertThat(settings.listeners().icebergPort()).isZero();
    assertThat(settings.region()).isEqualTo("us-east-1");
    assertThat(settings.iamReadOnly()).isEmpty();
    assertThat(settings.strict()).isFalse();
    assertThat(settings.database()).isEmpty();
    assertThat(settings.data()).isAbsolute();
  }

  @Test
  void every_problem_is_listed() {
    assertThatThrownBy(
            () ->
                SettingsReader.read(
                    Map.of(
                        Setting.PORT, "70000",
                        Setting.STRICT, "maybe",
                        Setting.DB_URL, "mysql://x",
                        Setting.ACCESS_KEY, "only-one")))
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidSettingsException.class))
        .extracting(InvalidSettingsException::problems)
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(4);
  }

  @Test
  void port_that_two_settings_give_is_refused() {
    assertThatThrownBy(
            () -> SettingsReader.read(Map.of(Setting.PORT, "9000", Setting.ICEBERG_PORT, "9000")))
        .hasMessage(
            "LAKEBED_ICEBERG_PORT is 9000, as is LAKEBED_PORT; each needs a port of its own");
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_CERT,TLS_KEY,HTTPS_PORT",
    "TLS_KEY,TLS_CERT,HTTPS_PORT",
    "DB_USER,DB_PASSWORD,DB_URL"
  })
  void setting_that_means_nothing_alone_is_refused(Setting one, Setting other, Setting needed) {
    assertThatThrownBy(() -> SettingsReader.read(Map.of(one, "x", other, "x")))
        .hasMessageContaining(one.variable() + " means nothing without " + needed.variable());
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "CONFIG", "IAM_CONFIG", "IAM_READ_ONLY", "TLS_CERT", "TLS_KEY", "BUCKET", "TABLE_BUCKET",
        "CORS", "DOMAIN", "EXTERNAL_HOST", "TRUSTED_PROXY", "ACCESS_KEY", "SECRET_KEY", "DB_URL",
        "DB_USER", "DB_PASSWORD", "JAVA_OPTS", "JAVA_HOME", "MAX_BODIES"
      })
  void empty_value_is_none_where_there_need_be_none(Setting setting) {
    assertThatCode(() -> SettingsReader.read(Map.of(setting, ""))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "CONFIG", "IAM_CONFIG", "IAM_READ_ONLY", "TLS_CERT", "TLS_KEY", "BUCKET", "TABLE_BUCKET",
        "CORS", "DOMAIN", "EXTERNAL_HOST", "TRUSTED_PROXY", "ACCESS_KEY", "SECRET_KEY", "DB_URL",
        "DB_USER", "DB_PASSWORD", "JAVA_OPTS", "JAVA_HOME", "MAX_BODIES"
      })
  void empty_value_is_refused_where_there_must_be_one(Setting setting) {
    assertThatThrownBy(() -> SettingsReader.read(Map.of(setting, " ")))
        .hasMessageStartingWith(setting.variable() + " is empty, but must be ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "IAM_READ_ONLY|yes|true or false",
        "BIND|all of them|an address of this machine, or 0.0.0.0 for all",
        "PORT|0|a number from 1 to 65535",
        "PORT|65536|a number from 1 to 65535",
        "PORT|http|a number from 1 to 65535",
        "HTTPS_PORT|-1|a number from 0 to 65535",
        "ICEBERG_PORT|99999999999|a number from 0 to 65535",
        "DOMAIN|http://s3.example.com|at most 16 host names without scheme and port",
        "DOMAIN|s3.example.com:8333|at most 16 host names without scheme and port",
        "EXTERNAL_HOST|https://h/|at most 16 host names, with or without port, and without scheme",
        "EXTERNAL_HOST|h:port|at most 16 host names, with or without port, and without scheme",
        "REGION|us east 1|1 to 128 letters, digits and hyphens",
        "SIGV2|TRUE|true or false",
        "STRICT|1|true or false",
        "LOG_FORMAT|xml|text or json",
        "LOG_REQUESTS|on|true or false",
        "AUDIT|no|true or false",
        "AUDIT_FILE_MIB|0|a number from 1 to 100000",
        "AUDIT_FILES|1|a number from 2 to 10000",
        "MAX_BODIES|0|a number from 1 to 100000",
        "MAX_CONNECTIONS|1e3|a number from 1 to 1000000",
        "CLIENT_SHARE|101|a number from 1 to 100",
        "REBUILD|yes|true or false"
      })
  void absurd_value_is_named_with_what_is_allowed(Setting setting, String value, String wanted) {
    assertThatThrownBy(() -> SettingsReader.read(Map.of(setting, value)))
        .hasMessage(setting.variable() + " is " + value + ", but must be " + wanted);
  }

  @Test
  void path_that_the_system_cannot_have_is_refused() {
    assertThatThrownBy(() -> SettingsReader.read(Map.of(Setting.DATA, "a\0b")))
        .hasMessageContaining("but must be a path");
    assertThatThrownBy(
            () ->
                SettingsReader.read(
                    Map.of(
                        Setting.HTTPS_PORT, "1", Setting.TLS_CERT, "a\0b", Setting.TLS_KEY, "k")))
        .hasMessageContaining("LAKEBED_TLS_CERT is ")
        .hasMessageContaining("but must be a path");
  }

  @Test
  void value_of_a_secret_is_not_shown() {
    assertThatThrownBy(
            () ->
                SettingsReader.read(
                    Map.of(
                        Setting.ACCESS_KEY, "hidden/1",
                        Setting.SECRET_KEY, "hidden2",
                        Setting.DB_URL, "postgres://u:hidden3@h/d")))
        .hasMessage(
            "LAKEBED_ACCESS_KEY must be 1 to 128 visible ASCII characters other than slash and"
                + " comma; LAKEBED_DB_URL must be a URL that begins with jdbc:postgresql:");
  }

  @Test
  void an_unknown_variable_or_property_is_refused() {
    assertThatThrownBy(
            () -> SettingSource.read(Map.of("LAKEBED_PROT", "1"), Map.of("lakebed.dat", "x")))
        .hasMessageContaining("LAKEBED_PROT is no setting; did you mean LAKEBED_PORT?")
        .hasMessageContaining("lakebed.dat is no setting; did you mean lakebed.data?");
  }

  @Test
  void a_property_wins_over_the_environment() {
    assertThat(SettingSource.read(Map.of("LAKEBED_PORT", "1"), Map.of("lakebed.port", "2")))
        .containsEntry(Setting.PORT, "2");
  }

  @Test
  void secrets_do_not_show_in_text() {
    Settings settings =
        SettingsReader.read(
            Map.of(
                Setting.ACCESS_KEY, "id",
                Setting.SECRET_KEY, "hidden1",
                Setting.DB_URL, "jdbc:postgresql://h/d?password=hidden3",
                Setting.DB_PASSWORD, "hidden2"));
    assertThat(settings.toString()).doesNotContain("hidden1", "hidden2", "hidden3");
  }

  /** The table of docs/configuration.md says of every setting what the list says, and no more. */
  @Test
  void table_of_settings_is_the_list() throws Exception {
    try (Stream<String> page = Files.lines(Path.of("docs/configuration.md"))) {
      assertThat(page.filter(line -> line.startsWith("| `LAKEBED_")))
          .containsExactlyElementsOf(
              Arrays.stream(Setting.values()).map(SettingsReaderTest::row).toList());
    }
  }

  private static String row(Setting setting) {
    String value = setting.defaultValue();
    return "| `%s` | %s | %s | %s |"
        .formatted(
            setting.variable(),
            setting.option().map(option -> "`" + option + "`").orElse("–"),
            value.isEmpty() ? "–" : "`" + value + "`",
            setting.description());
  }

  @ParameterizedTest
  @CsvSource({"64, 16", "256, 128", "1024, 896", "24576, 1024"})
  void bodies_in_work_are_as_many_as_the_heap_has_room_for(long heapMib, int bodies) {
    assertThat(SettingsReader.bodiesFor(heapMib << 20)).isEqualTo(bodies);
  }
}
