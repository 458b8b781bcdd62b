package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bodies in aws-chunked form. Codes as AWS documents them in "Signature calculations for the
 * Authorization header: transferring payload in multiple chunks".
 */
class StreamedUploadIT {
  private static final String TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
  private static final String CHUNKS = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
  // CRC32 of "hello", in base64
  private static final String HELLO_CRC = "NhCmhg==";

  @RegisterExtension private final Attack attack = new Attack();

  private Message unsigned(String method, String path, String wire, int decoded) {
    Message message =
        attack
            .message(method, path)
            .header("Content-Encoding", "aws-chunked")
            .header("x-amz-decoded-content-length", Integer.toString(decoded))
            .header("x-amz-trailer", "x-amz-checksum-crc32")
            .body(wire.getBytes(ISO_8859_1));
    return Signing.s3(Users.OWNER).sign(message, TRAILER);
  }

  private static String hello(String trailer) {
    return "5\r\nhello\r\n0\r\n" + trailer + "\r\n";
  }

  private static Message garbled(Message message) {
    String header = message.first("Authorization");
    return message.replace(
        "Authorization",
        header.substring(0, header.indexOf("Signature=")) + "Signature=" + "0".repeat(64));
  }

  @Test
  void an_honest_streamed_upload_is_stored() throws IOException {
    Answer reply =
        attack.send(
            unsigned(
                "PUT", "/attacked/honest", hello("x-amz-checksum-crc32:" + HELLO_CRC + "\r\n"), 5));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(attack.get("/attacked/honest").text()).isEqualTo("hello");
  }

  @Test
  @Evidence("attack-1")
  void garbage_signature_with_unsigned_trailer() throws IOException {
    Message message =
        unsigned("PUT", "/attacked/row1", hello("x-amz-checksum-crc32:" + HELLO_CRC + "\r\n"), 5);
    attack.refused(attack.send(garbled(message)), 403, "SignatureDoesNotMatch");
    attack.nothingAt("row1");
  }

  @Test
  @Evidence("attack-2")
  void the_credential_alone_in_the_query() throws IOException {
    Signing signing = Signing.s3(Users.OWNER);
    Message message =
        attack
            .message(
                "PUT",
                "/attacked/row2?X-Amz-Credential="
                    + Signing.encode(Users.OWNER.access() + "/" + signing.scope(), false))
            .header("x-amz-content-sha256", TRAILER)
            .header("x-amz-decoded-content-length", "5")
            .header("Content-Length", "10")
            .body("5\r\nhello\r\n".getBytes(ISO_8859_1));
    Answer reply = attack.send(message);
    attack.refused(reply, 403, "AccessDenied");
    attack.nothingAt("row2");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,/attacked/row3?partNumber=1&uploadId=x",
    "POST,/attacked/row3?uploads",
    "POST,/attacked?delete",
    "PUT,/attacked/row3?tagging",
    "PUT,/attacked/row3?acl"
  })
  @Evidence("attack-3")
  void garbage_signature_on_special_branches(String method, String path) throws IOException {
    Message message =
        unsigned(method, path, hello("x-amz-checksum-crc32:" + HELLO_CRC + "\r\n"), 5);
    attack.refused(attack.send(garbled(message)), 403, "SignatureDoesNotMatch");
    attack.nothingAt("row3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "second", "last", "dropped", "reordered"})
  @Evidence("attack-4")
  void tampered_chunks(String tampering) throws IOException {
    String first = "a".repeat(65_536);
    String second = "b".repeat(65_536);
    Signing signing = Signing.s3(Users.OWNER);
    String key = "row4-" + tampering;
    Message message =
        attack
            .message("PUT", "/attacked/" + key)
            .header("Content-Length", Integer.toString(Chunks.length(first, second, "")))
            .header("x-amz-decoded-content-length", "131072");
    signing.sign(message, CHUNKS);
    List<byte[]> frames =
        new ArrayList<>(new Chunks(signing, message).add(first).add(second).add("").frames());
    switch (tampering) {
      case "second" -> frames.get(1)[500] ^= 1;
      case "last" -> frames.get(2)[20] ^= 1;
      case "reordered" -> Collections.swap(frames, 0, 1);
      case "dropped" -> {
        frames.remove(2);
        message.replace("Content-Length", Integer.toString(Chunks.length(first, second)));
      }
      default -> {}
    }
    Answer reply = attack.send(message.body(Chunks.join(frames)));
    switch (tampering) {
      case "none" -> assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      case "dropped" -> {
        attack.refused(reply, 400, "IncompleteBody");
        attack.nothingAt(key);
      }
      default -> {
        attack.refused(reply, 403, "SignatureDoesNotMatch");
        attack.nothingAt(key);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FFFFFFFFFFFFFFFF,InvalidRequest",
    "-5,InvalidRequest",
    "zz,InvalidRequest",
    "80000000,IncompleteBody",
    "'',InvalidRequest"
  })
  @Evidence("attack-5")
  void impossible_chunk_sizes(String size, String code) throws IOException {
    Answer reply =
        attack.send(unsigned("PUT", "/attacked/row5", size + "\r\nhello\r\n0\r\n\r\n", 5));
    attack.refused(reply, 400, code);
    attack.nothingAt("row5");
  }

  @Test
  @Evidence("attack-6")
  void no_decoded_length() throws IOException {
    Message message = attack.message("PUT", "/attacked/row6").body(hello("").getBytes(ISO_8859_1));
    attack.refused(
        attack.send(Signing.s3(Users.OWNER).sign(message, TRAILER)), 411, "MissingContentLength");
    attack.nothingAt("row6");
  }

  @Test
  @Evidence("attack-6")
  void no_length_at_all() throws IOException {
    Message message = attack.message("PUT", "/attacked/row6").header("Content-Length", "0");
    message.header("x-amz-decoded-content-length", "5");
    Signing.s3(Users.OWNER).sign(message, TRAILER);
    Answer reply = attack.send(message.without("Content-Length"));
    attack.refused(reply, 411, "MissingContentLength");
    attack.nothingAt("row6");
  }

  @Test
  @Evidence("attack-7")
  void a_body_that_ends_early() throws IOException {
    Message message = attack.signed(attack.put("/attacked/row7", "0123456789"));
    try (Link link = attack.connect()) {
      link.send(message.head());
      link.send("01234".getBytes(ISO_8859_1));
      link.endOutput();
      assertThat(endsWithout200(link)).isTrue();
    }
    attack.nothingAt("row7");
  }

  @Test
  @Evidence("attack-7")
  void a_streamed_body_that_ends_early() throws IOException {
    Message message = unsigned("PUT", "/attacked/row7s", "5\r\nhel", 5);
    attack.refused(attack.send(message), 400, "IncompleteBody");
    attack.nothingAt("row7s");
  }

  @Test
  @Evidence("attack-7")
  void a_chunk_that_is_shorter_than_it_says() throws IOException {
    Message message = unsigned("PUT", "/attacked/row7c", "5\r\nhel\r\n0\r\n\r\n", 5);
    attack.refused(attack.send(message), 400, "IncompleteBody");
    attack.nothingAt("row7c");
  }

  /** Code and words as AWS sends them (github.com/versity/versitygw/issues/1683). */
  @Test
  void a_small_chunk_that_is_not_the_last() throws IOException {
    Message message =
        unsigned("PUT", "/attacked/small", "3\r\nhel\r\n" + "2\r\nlo\r\n0\r\n\r\n", 5);
    attack.refused(attack.send(message), 403, "InvalidChunkSizeError");
    attack.nothingAt("small");
  }

  /** AWS: "Your socket connection to the server was not read from or written to". */
  @Test
  @Evidence("attack-7")
  void a_body_that_stops_is_given_up() throws IOException {
    Message message = attack.signed(attack.put("/attacked/row7t", "0123456789"));
    try (Link link = attack.connect()) {
      link.send(message.head());
      link.send("01234".getBytes(ISO_8859_1));
      attack.refused(link.receive("PUT"), 400, "RequestTimeout");
      assertThat(link.isClosed()).isTrue();
    }
    attack.nothingAt("row7t");
  }

  /** Grizzly may close at once when the client sends no more; an answer must then be an error. */
  private static boolean endsWithout200(Link link) throws IOException {
    try {
      Answer reply = link.receive("PUT");
      return reply.status() == 400 && reply.code().equals("IncompleteBody");
    } catch (java.io.EOFException | java.net.SocketException closed) {
      return true;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-checksum-crc32:AAAAAA==,BadDigest",
    "'',MalformedTrailerError",
    "x-amz-checksum-crc32c:AAAAAA==,MalformedTrailerError",
    "x-amz-checksum-crc32:nonsense,InvalidRequest"
  })
  @Evidence("attack-8")
  void wrong_trailers(String trailer, String code) throws IOException {
    String line = trailer.isEmpty() ? "" : trailer + "\r\n";
    Answer reply = attack.send(unsigned("PUT", "/attacked/row8", hello(line), 5));
    attack.refused(reply, 400, code);
    attack.nothingAt("row8");
  }

  @Test
  @Evidence("attack-8")
  void two_checksum_headers() throws IOException {
    Message message =
        attack
            .put("/attacked/row8", "hello")
            .header("x-amz-checksum-crc32", HELLO_CRC)
            .header("x-amz-checksum-sha1", "qvTGHdzF6KLavt4PO0gs2a6pQ00=");
    attack.refused(attack.send(attack.signed(message)), 400, "InvalidRequest");
    attack.nothingAt("row8");
  }
}
