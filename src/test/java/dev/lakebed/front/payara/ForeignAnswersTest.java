package dev.lakebed.front.payara;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server answers by itself is never a success, and never a page. */
class ForeignAnswersTest {
  private final AtomicBoolean ended = new AtomicBoolean();
  private final ForeignAnswers filter = new ForeignAnswers("x-mark", ended::get);

  private static HttpResponsePacket answer(int status) {
    HttpRequestPacket request =
        HttpRequestPacket.builder()
            .method("PUT")
            .uri("/b/k")
            .protocol(Protocol.HTTP_1_1)
            .header("host", "h")
            .build();
    return HttpResponsePacket.builder(request)
        .protocol(Protocol.HTTP_1_1)
        .status(status)
        .header("x-other", "y")
        .build();
  }

  /** How much of a body is left. */
  private int write(HttpResponsePacket answer) {
    HttpContent content =
        answer
            .httpContentBuilder()
            .content(Buffers.wrap(MemoryManager.DEFAULT_MEMORY_MANAGER, "done"))
            .build();
    FilterChainContext context = new FilterChainContext();
    context.setMessage(content);
    filter.handleWrite(context);
    return content.getContent().remaining();
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 200, 204, 302})
  void a_success_without_the_mark_becomes_an_error(int status) {
    HttpResponsePacket answer = answer(status);
    assertThat(write(answer)).isZero();
    assertThat(answer.getStatus()).isEqualTo(500);
    assertThat(answer.getContentLength()).isZero();
    assertThat(answer.getHeaders().contains("x-other")).isFalse();
    assertThat(answer.getProcessingState().isKeepAlive()).isFalse();
    assertThat(write(answer)).as("what comes later").isZero();
  }

  @Test
  void an_answer_with_the_mark_is_left_alone() {
    HttpResponsePacket answer = answer(200);
    answer.setHeader("x-mark", "1");
    assertThat(write(answer)).isEqualTo(4);
    assertThat(answer.getStatus()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 503, 505})
  void an_error_without_the_mark_keeps_only_its_status(int status) {
    HttpResponsePacket answer = answer(status);
    assertThat(write(answer)).isZero();
    assertThat(answer.getStatus()).isEqualTo(status);
    assertThat(answer.getHeaders().contains("x-other")).isFalse();
    assertThat(answer.getProcessingState().isKeepAlive()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404, 500})
  void when_the_application_has_gone_every_answer_says_to_come_again(int status) {
    ended.set(true);
    HttpResponsePacket answer = answer(status);
    assertThat(write(answer)).isZero();
    assertThat(answer.getStatus()).isEqualTo(503);
    assertThat(answer.getProcessingState().isKeepAlive()).isFalse();
  }
}
