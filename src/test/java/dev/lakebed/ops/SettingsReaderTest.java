package dev.lakebed.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Design D10: one typed record, unknown keys refused, every problem said at once. */
class SettingsReaderTest {
  @Test
  void defaults_are_those_of_the_table() {
    Settings settings = SettingsReader.read(Map.of());
    assertThat(settings.listeners().port()).isEqualTo(8333);
    assertThat(settings.listeners().icebergPort()).isEqualTo(8181);
    assertThat(settings.region()).isEqualTo("us-east-1");
    assertThat(settings.iamReadOnly()).isTrue();
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
  void an_unknown_variable_or_property_is_refused() {
    assertThatThrownBy(
            () -> SettingSource.read(Map.of("LAKEBED_PROT", "1"), Map.of("lakebed.dat", "x")))
        .hasMessageContaining("LAKEBED_PROT")
        .hasMessageContaining("lakebed.dat");
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
                Setting.DB_URL, "jdbc:postgresql://h/d",
                Setting.DB_PASSWORD, "hidden2"));
    assertThat(settings.toString()).doesNotContain("hidden1").doesNotContain("hidden2");
  }

  @Test
  void every_setting_is_documented_with_its_default() throws Exception {
    String page = Files.readString(Path.of("docs/configuration.md"));
    for (Setting setting : Setting.values()) {
      String value = setting.defaultValue();
      assertThat(page)
          .contains(
              "| `" + setting.variable() + "` | " + (value.isEmpty() ? "–" : "`" + value + "`"));
    }
  }
}
