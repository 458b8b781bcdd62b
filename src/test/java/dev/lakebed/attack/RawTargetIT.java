package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Message;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Request targets that Payara by itself refuses, normalises or answers with a wrong 200. A key is
 * what the target says, byte by byte, or the request is refused.
 */
class RawTargetIT {
  @RegisterExtension private final Attack attack = new Attack();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "back\\slash",
        "back%5Cslash",
        "a//b",
        "/leading",
        "a/../c",
        "../../etc/passwd",
        "..%2F..%2Fetc%2Fpasswd",
        "%2e%2e%2f%2e%2e%2fx",
        "a/./b",
        "a%2Fb",
        "a;b=c",
        "a%252Fb",
        "a%20b",
        "{braces}",
        "a|b",
        "a\"b<c>",
        "a^b",
        "[b]",
        "META-INF/x",
        "WEB-INF/web.xml",
        "web-inf/WEB.xml",
        "trailing/",
        "trailing//",
        "dot.",
        "space%20",
        ".sys/x.tmp",
        "%F0%9F%98%80",
        "%0d%0a",
        "%7F",
        "-/servlet/x"
      })
  @Evidence("attack-57")
  void a_key_goes_round(String key) throws IOException {
    String path = "/attacked/" + key;
    attack.store(path, "content of " + key);
    assertThat(attack.get(path).text()).isEqualTo("content of " + key);
    Answer deleted = attack.send(attack.signed(attack.message("DELETE", path)));
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(attack.get(path).status()).isEqualTo(404);
    assertThat(attack.target().data().resolveSibling("etc")).doesNotExist();
  }

  @Test
  @Evidence("attack-57")
  void raw_bytes_beyond_ascii_are_the_same_key_as_escaped_ones() throws IOException {
    String raw = new String("/attacked/h\u00e9\u00e8".getBytes(UTF_8), ISO_8859_1);
    attack.store(raw, "accents");
    assertThat(attack.get("/attacked/h%C3%A9%C3%A8").text()).isEqualTo("accents");
  }

  @ParameterizedTest
  @CsvSource({"1024,200", "1025,400"})
  @Evidence("attack-57")
  void longest_key(int length, int status) throws IOException {
    for (String character : new String[] {"k", "%2F"}) {
      String path = "/attacked/" + character.repeat(length);
      Answer reply = attack.send(attack.signed(attack.put(path, "x")));
      assertThat(reply.status()).as(reply.text()).isEqualTo(status);
      assertThat(reply.code()).isEqualTo(status == 200 ? "" : "KeyTooLongError");
      assertThat(attack.get(path).status()).isEqualTo(status == 200 ? 200 : 400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%zz", "%", "a%4", "%E0%A4", "%ff", "%C0%AE%C0%AE", "%ED%A0%80"})
  @Evidence("attack-18")
  void malformed_escapes(String key) throws IOException {
    Message message = attack.signed(attack.put("/attacked/row18" + key, "x"));
    Answer reply = attack.send(message);
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("InvalidURI");
    assertThat(reply.header("x-amz-request-id")).isNotEmpty();
    assertThat(attack.listing("row18")).doesNotContain("<Contents>");
  }

  @Test
  @Evidence("attack-57")
  void nul_is_kept() throws IOException {
    attack.store("/attacked/row57%00nul", "x");
    assertThat(attack.get("/attacked/row57%00nul").text()).isEqualTo("x");
    attack.refused(attack.get("/attacked/row57"), 404, "NoSuchKey");
    String encoded = "/attacked?list-type=2&encoding-type=url&prefix=row57";
    assertThat(attack.get(encoded).text()).contains("<Key>row57%00nul</Key>");
  }

  @ParameterizedTest
  @CsvSource({
    "/attacked/row17%2Fc,/attacked/row17/../c",
    "/attacked/row17/a,/attacked/row17//a",
    "/attacked/row17/a,/attacked/row17/%2e/a",
    "/attacked/row17,/attacked/row17;x",
    "/attacked/row17%252F,/attacked/row17%2F",
    "/attacked/row17+a,/attacked/row17%20a",
    "/attacked/row17,/attacked/x/../row17"
  })
  @Evidence("attack-17")
  void signed_one_target_and_sent_another(String signed, String sent) throws IOException {
    Message message = attack.signed(attack.put(signed, "x"));
    attack.refused(attack.send(message.as("PUT", sent)), 403, "SignatureDoesNotMatch");
    assertThat(attack.listing("row17")).doesNotContain("<Contents>");
  }

  @Test
  @Evidence("attack-17")
  void an_encoded_slash_is_the_same_key_as_a_plain_one() throws IOException {
    Message message = attack.signed(attack.put("/attacked/same%2Fkey", "x"));
    Answer reply = attack.send(message.as("PUT", "/attacked/same/key"));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(attack.get("/attacked/same%2Fkey").text()).isEqualTo("x");
  }

  @Test
  @Evidence("attack-57")
  void absolute_form_and_climbing_targets() throws IOException {
    attack.store("/attacked/absolute", "x");
    Message message = attack.signed(attack.message("GET", "/attacked/absolute"));
    Answer reply =
        attack.send(message.as("GET", attack.endpoint().resolve("/attacked/absolute").toString()));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    for (String target : new String[] {"/../etc/passwd", "/%2e%2e/x", "/..", "/META-INF/x"}) {
      attack.refused(
          attack.send(attack.signed(attack.message("GET", target))), 400, "InvalidBucketName");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"health", "metrics", "openapi"})
  void names_of_the_server_s_own_endpoints_are_bucket_names(String bucket) throws IOException {
    attack.store("/" + bucket, "");
    attack.store("/" + bucket + "/live", "x");
    assertThat(attack.get("/" + bucket + "/live").text()).isEqualTo("x");
    attack.refused(attack.send(attack.message("GET", "/" + bucket)), 403, "AccessDenied");
  }

  @Test
  @Evidence("attack-57")
  void nothing_is_written_outside_the_data_directory() throws IOException {
    attack.store("/attacked/../../../../tmp/lakebed-row57-outside", "x");
    assertThat(Path.of("/tmp/lakebed-row57-outside")).doesNotExist();
    try (Stream<Path> files = Files.walk(attack.target().data())) {
      assertThat(files.filter(f -> f.toString().contains("row57-outside"))).isEmpty();
    }
  }
}
