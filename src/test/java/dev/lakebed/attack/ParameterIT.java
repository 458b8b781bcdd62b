package dev.lakebed.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Identifiers, copy sources and numbers. Codes as in the AWS API reference. */
class ParameterIT {
  @RegisterExtension private final Attack attack = new Attack();

  @ParameterizedTest
  @CsvSource({
    "GET,/attacked/row58?versionId=..%2F..%2Fetc%2Fpasswd,400,InvalidArgument",
    "GET,/attacked/row58?uploadId=..%2F..%2Fetc,404,NoSuchUpload",
    "PUT,/attacked/row58?partNumber=1&uploadId=..%2Fx,404,NoSuchUpload",
    "PUT,/attacked/row58?partNumber=..%2F1&uploadId=x,400,InvalidArgument",
    "DELETE,/attacked/row58?uploadId=%2Fetc%2Fpasswd,404,NoSuchUpload",
    "GET,/attacked?list-type=2&continuation-token=..%2F..%2Fetc,400,InvalidArgument",
    "GET,/attacked?uploads&key-marker=a&upload-id-marker=..%2F..%2Fetc,400,InvalidArgument"
  })
  @Evidence("attack-58")
  void traversal_in_identifiers(String method, String target, int status, String code)
      throws IOException {
    attack.store("/attacked/row58", "x");
    attack.refused(attack.send(attack.signed(attack.message(method, target))), status, code);
    assertThat(attack.get("/attacked/row58").text()).isEqualTo("x");
  }

  @Test
  @Evidence("attack-58")
  void traversal_in_a_table_arn() throws IOException {
    Message message =
        attack.message(
            "GET",
            "/namespaces/arn%3Aaws%3As3tables%3Aus-east-1%3A000000000000%3Abucket%2F..%2F../x");
    Answer reply = attack.send(Signing.of(Users.OWNER, "s3tables").sign(message));
    attack.refused(reply, 400, "BadRequestException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "//", "?versionId=", "/attacked", "attacked/", "/attacked/%zz", ""})
  @Evidence("attack-71")
  void odd_copy_sources(String source) throws IOException {
    Answer reply =
        attack.send(
            attack.signed(
                attack.message("PUT", "/attacked/row71").header("x-amz-copy-source", source)));
    attack.refused(reply, 400, "InvalidArgument");
    attack.nothingAt("row71");
  }

  @Test
  @Evidence("attack-71")
  void self_copy_and_range_beyond_the_end() throws IOException {
    attack.store("/attacked/row71s", "0123456789");
    attack.refused(
        attack.send(
            attack.signed(
                attack
                    .message("PUT", "/attacked/row71s")
                    .header("x-amz-copy-source", "/attacked/row71s"))),
        400,
        "InvalidRequest");
    String id =
        attack
            .send(attack.signed(attack.message("POST", "/attacked/row71m?uploads")))
            .element("UploadId");
    Answer reply =
        attack.send(
            attack.signed(
                attack
                    .message("PUT", "/attacked/row71m?partNumber=1&uploadId=" + id)
                    .header("x-amz-copy-source", "/attacked/row71s")
                    .header("x-amz-copy-source-range", "bytes=5-10")));
    attack.refused(reply, 400, "InvalidArgument");
    assertThat(attack.get("/attacked/row71s").text()).isEqualTo("0123456789");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "10001", "9223372036854775808", "1.5", ""})
  @Evidence("attack-72")
  void part_numbers(String number) throws IOException {
    Answer reply =
        attack.send(
            attack.signed(attack.put("/attacked/row72?partNumber=" + number + "&uploadId=x", "x")));
    attack.refused(reply, 400, "InvalidArgument");
    attack.nothingAt("row72");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "9223372036854775808", "x", "1e3"})
  @Evidence("attack-72")
  void max_keys(String number) throws IOException {
    attack.refused(attack.get("/attacked?list-type=2&max-keys=" + number), 400, "InvalidArgument");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=-0,416",
    "bytes=5-1,200",
    "bytes=10-,416",
    "bytes=99999999999999999999-,416",
    "bytes=x,200",
    "lines=1-2,200"
  })
  @Evidence("attack-72")
  void ranges(String range, int status) throws IOException {
    attack.store("/attacked/row72r", "0123456789");
    Answer reply =
        attack.send(
            attack.signed(attack.message("GET", "/attacked/row72r").header("Range", range)));
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.code()).isEqualTo(status == 416 ? "InvalidRange" : "");
  }

  @Test
  @Evidence("attack-72")
  void a_thousand_ranges_give_the_whole_once() throws IOException {
    attack.store("/attacked/row72r", "0123456789");
    String ranges = "bytes=0-1" + ",0-9".repeat(1000);
    Answer reply =
        attack.send(
            attack.signed(attack.message("GET", "/attacked/row72r").header("Range", ranges)));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("0123456789");
  }

  @Test
  @Evidence("attack-72")
  void more_than_five_tebibytes_announced() throws IOException {
    Message message =
        Signing.s3(Users.OWNER)
            .sign(
                attack.message("PUT", "/attacked/row72l").header("Content-Length", "5497558138881"),
                Signing.UNSIGNED);
    try (Link link = attack.connect()) {
      link.send(message.head());
      attack.refused(link.receive("PUT"), 400, "EntityTooLarge");
    }
    attack.nothingAt("row72l");
  }
}
