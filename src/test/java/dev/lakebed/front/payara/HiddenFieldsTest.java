package dev.lakebed.front.payara;

import static org.assertj.core.api.Assertions.assertThat;

import org.glassfish.grizzly.http.HttpRequestPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server would look at, and who may send it. */
class HiddenFieldsTest {
  private static final String PREFIX = "x-hidden-";

  private static HttpRequestPacket seen(String... fields) throws ReflectiveOperationException {
    HttpRequestPacket.Builder request =
        HttpRequestPacket.builder().method("GET").uri("/").protocol("HTTP/1.1");
    for (int i = 0; i < fields.length; i += 2) {
      request.header(fields[i], fields[i + 1]);
    }
    HttpRequestPacket packet = request.build();
    new HiddenFields(PREFIX).onHeaderParseEvent(null, packet, 0);
    return packet;
  }

  @ParameterizedTest
  @ValueSource(strings = {"Cookie", "Payara-Tracing-TraceId", "payara-tracing-traceid"})
  void a_field_at_which_the_server_would_look_has_another_name(String name)
      throws ReflectiveOperationException {
    HttpRequestPacket packet = seen("a", "b", name, "value");
    assertThat(packet.getHeader(name)).isNull();
    assertThat(packet.getHeader(PREFIX + name)).isEqualTo("value");
    assertThat(packet.getHeader("a")).isEqualTo("b");
  }

  @Test
  void what_a_client_sends_under_such_a_name_is_dropped() throws ReflectiveOperationException {
    HttpRequestPacket packet =
        seen("X-Hidden-Cookie", "forged", "Cookie", "sent", "x-hidden-host", "forged", "a", "b");
    assertThat(packet.getHeaders().names()).containsExactlyInAnyOrder(PREFIX + "cookie", "a");
    assertThat(packet.getHeader(PREFIX + "cookie")).isEqualTo("sent");
  }
}
