package dev.lakebed.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import org.junit.jupiter.api.Test;

/** HTTP/1.1 message framing as in RFC 9112 sections 6 and 7. */
class ClientTest {
  @Test
  void two_replies_on_one_connection_are_told_apart() throws Exception {
    ReplyReader reader =
        reader("HTTP/1.1 200 OK\r\ncontent-LENGTH: 3\r\n\r\nabcHTTP/1.1 204 No Content\r\n\r\n");
    CapturedBody body = new CapturedBody();
    assertThat(reader.body(reader.head(), body)).isEqualTo(3);
    assertThat(body.text()).isEqualTo("abc");
    assertThat(reader.head().status()).isEqualTo(204);
  }

  @Test
  void chunks_extensions_and_trailers_are_read() throws Exception {
    ReplyReader reader =
        reader(
            String.join(
                "\r\n",
                "HTTP/1.1 100 Continue",
                "",
                "HTTP/1.1 200 OK",
                "Transfer-Encoding: chunked",
                "",
                "A;x=y",
                "0123456789",
                "1",
                "!",
                "0",
                "x-checksum: 1",
                "",
                "HTTP/1.1 404 No",
                "",
                ""));
    CapturedBody body = new CapturedBody();
    assertThat(reader.body(reader.head(), body)).isEqualTo(11);
    assertThat(body.text()).isEqualTo("0123456789!");
    assertThat(reader.head().status()).isEqualTo(404);
  }

  @Test
  void body_without_length_lasts_until_the_end() throws Exception {
    ReplyReader reader =
        reader("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n<Code>X</Code>");
    ReplyHead head = reader.head();
    CapturedBody body = new CapturedBody();
    reader.body(head, body);
    assertThat(RefusedException.of(head, body.text())).hasMessage("400 X");
  }

  @Test
  void truncated_and_foreign_replies_fail() {
    ReplyReader truncated = reader("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nabc");
    assertThatThrownBy(() -> truncated.body(truncated.head(), BodySink.DISCARD))
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> reader("SSH-2.0-OpenSSH\r\n\r\n").head())
        .isInstanceOf(IOException.class);
  }

  @Test
  void error_type_of_json_protocols_is_the_code() throws Exception {
    ReplyHead head =
        ReplyHead.parse("HTTP/1.1 409 Conflict\r\nx-amzn-ErrorType: ConflictException");
    assertThat(RefusedException.of(head, "{}")).hasMessage("409 ConflictException");
  }

  @Test
  void listed_entries_are_counted_across_pieces() {
    CountedEntries entries = new CountedEntries();
    String page = "<Key>a</Key><CommonPrefixes><Prefix>b</Prefix></CommonPrefixes><<</Key>";
    for (byte one : page.getBytes(ISO_8859_1)) {
      entries.accept(ByteBuffer.wrap(new byte[] {one}));
    }
    assertThat(entries.count()).isEqualTo(3);
  }

  @Test
  void body_that_differs_is_noticed() {
    Body stored = Body.random(100);
    ByteBuffer same = stored.view();
    ExpectedBody first = new ExpectedBody(stored);
    assertThatCode(() -> first.accept(same)).doesNotThrowAnyException();
    ByteBuffer other =
        ByteBuffer.allocate(100).put(stored.view()).flip().put(99, (byte) ~same.get(99));
    assertThatThrownBy(() -> new ExpectedBody(stored).accept(other))
        .hasMessageContaining("differs");
  }

  private static ReplyReader reader(String replies) {
    ReadableByteChannel channel =
        Channels.newChannel(new ByteArrayInputStream(replies.getBytes(ISO_8859_1)));
    return new ReplyReader(channel, ByteBuffer.allocateDirect(64 << 10));
  }
}
