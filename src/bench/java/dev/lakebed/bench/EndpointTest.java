package dev.lakebed.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of endpoint settings is this program's own. */
class EndpointTest {
  @Test
  void settings_are_read_and_the_secret_is_not_shown() {
    Endpoint endpoint =
        Endpoint.parse(
            "name=a,url=http://127.0.0.1:8333,access=admin,secret=pass/word+=,pid=7,pid=8,"
                + "bucket=b,payload=hex");
    assertThat(endpoint.host()).isEqualTo("127.0.0.1:8333");
    assertThat(endpoint.keys().orElseThrow().secret()).isEqualTo("pass/word+=");
    assertThat(endpoint.pids()).containsExactly(7L, 8L);
    assertThat(endpoint.hashBodies()).isTrue();
    assertThat(endpoint.region()).isEqualTo("us-east-1");
    assertThat(endpoint.onLoopback()).isTrue();
    assertThat(endpoint.toString()).doesNotContain("pass/word");
  }

  @Test
  void endpoint_without_keys_is_anonymous() {
    assertThat(Endpoint.parse("url=http://127.0.0.1:1").keys()).isEmpty();
  }

  @Test
  void address_outside_this_machine_is_refused() {
    Targets targets = new Targets();
    targets.endpoints = List.of("url=http://192.0.2.1:80");
    assertThatThrownBy(targets::open).hasMessageContaining("not a loopback address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "url=https://127.0.0.1",
        "url=http://127.0.0.1/path",
        "url=http://127.0.0.1,colour=red",
        "url=http://127.0.0.1,name=a,name=b",
        "url=http://127.0.0.1,access=a",
        "url=http://127.0.0.1,payload=signed",
        "url=http://127.0.0.1,serves=ftp",
        "url=http://127.0.0.1,pid=x"
      })
  void wrong_settings_are_refused(String text) {
    assertThatThrownBy(() -> Endpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sizes_are_binary() {
    assertThat(Figures.parseSize("64k")).isEqualTo(65_536);
    assertThat(Figures.parseSize("2M")).isEqualTo(2_097_152);
    assertThat(Figures.parseSize("7")).isEqualTo(7);
    assertThat(Figures.parseBytes("4g")).isEqualTo(4_294_967_296L);
    assertThat(Figures.parseBytes("4096m")).isEqualTo(4_294_967_296L);
    assertThatThrownBy(() -> Figures.parseSize("4g")).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Figures.parseSize("4t")).isInstanceOf(NumberFormatException.class);
  }

  @Test
  void a_data_set_above_2_gib_bounds_the_number_of_keys() {
    LoadOptions options = new LoadOptions();
    options.concurrencies = List.of(1, 16);
    options.keys = 1000;
    options.dataSet = "4g";
    assertThat(options.keysOf(64 << 20)).isEqualTo(64);
    assertThat(options.keysOf(4096)).isEqualTo(1000);
    options.dataSet = "1m";
    assertThat(options.keysOf(64 << 20)).isEqualTo(16);
  }

  @ParameterizedTest
  @CsvSource({
    "'', PUT GET HEAD DELETE MULTIPART LIST LIST_DELIMITER",
    "',access=a,secret=b',"
        + " PUT GET HEAD DELETE MULTIPART LIST LIST_DELIMITER ASSUME_ROLE COMMIT",
    "',serves=files', PUT GET HEAD DELETE"
  })
  void who_has_no_keys_is_not_asked_for_a_role_and_who_serves_files_for_no_list(
      String settings, String operations) {
    Endpoint endpoint = Endpoint.parse("url=http://127.0.0.1" + settings);
    assertThat(Arrays.stream(Operation.values()).filter(endpoint::offers).map(Operation::name))
        .containsExactly(operations.split(" "));
  }
}
