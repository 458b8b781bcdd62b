package dev.lakebed.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Design D10: one typed record, unknown keys refused, every problem said at once. */
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

  @Test
  void certificate_without_a_tls_port_is_refused() {
    assertThatThrownBy(
            () -> SettingsReader.read(Map.of(Setting.TLS_CERT, "c.pem", Setting.TLS_KEY, "k.pem")))
        .hasMessage("LAKEBED_TLS_CERT is given, but no LAKEBED_HTTPS_PORT, which would use it");
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
