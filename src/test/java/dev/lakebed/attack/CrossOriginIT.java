package dev.lakebed.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Hash;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which pages of other origins may read answers (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html">AWS, Using cross-origin
 * resource sharing</a>; <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS
 * protocol</a>).
 */
@Evidence("catalog-J1")
class CrossOriginIT {
  private static final String OPEN = "/" + Attack.OPEN_TO_PAGES;
  private static final String RULED = "/row62-ruled";
  private static final String PAGE = "https://good.example";
  private static final String VARY =
      "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

  @RegisterExtension private final Attack attack = new Attack();

  private Answer ask(Message message, String origin, String method) throws IOException {
    return attack.send(
        message
            .as("OPTIONS", message.target())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", method));
  }

  private static Optional<String> origin(Answer reply) {
    return Optional.of(reply.header("access-control-allow-origin")).filter(o -> !o.isEmpty());
  }

  private Map<String, Message> requests(String bucket) {
    Map<String, Message> requests = new LinkedHashMap<>();
    requests.put("200", attack.signed(attack.message("GET", bucket + "/k")));
    requests.put("404", attack.signed(attack.message("GET", bucket + "/none")));
    requests.put("403", attack.message("GET", bucket + "/k"));
    requests.put("400", attack.signed(attack.message("GET", bucket + "/k?versionId=garbage")));
    Message signed = attack.signed(attack.message("GET", bucket + "/k"));
    requests.put("403 ", signed.as("GET", bucket + "/other"));
    requests.put(
        "206", attack.signed(attack.message("GET", bucket + "/k").header("Range", "bytes=0-1")));
    requests.put(
        "200 ", Signing.s3(Users.OWNER).presign(attack.message("GET", bucket + "/k"), "60"));
    return requests;
  }

  @Test
  void the_switch_opens_a_bucket_to_pages_of_every_origin() throws IOException {
    attack.store(OPEN + "/k", "hello");
    Answer asked = ask(attack.message("PUT", OPEN + "/k"), "https://evil.com", "PUT");
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.header("access-control-allow-methods")).contains("PUT");
    for (Map.Entry<String, Message> request : requests(OPEN).entrySet()) {
      Answer reply = attack.send(request.getValue().header("Origin", "https://evil.com"));
      assertThat(reply.status()).isEqualTo(Integer.parseInt(request.getKey().strip()));
      assertThat(origin(reply)).as(request.getKey()).contains("*");
      assertThat(reply.header("access-control-allow-credentials")).isEmpty();
      assertThat(reply.header("access-control-expose-headers")).contains("ETag");
      assertThat(reply.header("vary")).isEqualTo(VARY);
    }
    assertThat(origin(attack.get(OPEN + "/k"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.com",
        "https://good.example.evil.com",
        "https://good.evil.com",
        "http://good.example",
        "null"
      })
  @Evidence("attack-62")
  void no_other_origin_is_reflected(String origin) throws IOException {
    rules();
    Answer asked = ask(attack.message("GET", RULED + "/k"), origin, "GET");
    attack.refused(asked, 403, "AccessForbidden");
    assertThat(origin(asked)).isEmpty();
    for (Message request : requests(RULED).values()) {
      Answer reply = attack.send(request.header("Origin", origin));
      assertThat(origin(reply)).isEmpty();
      assertThat(reply.header("access-control-allow-credentials")).isEmpty();
    }
  }

  @Test
  @Evidence("attack-62")
  void the_origin_of_a_rule_reads_answers_and_errors() throws IOException {
    rules();
    Answer asked = ask(attack.message("GET", RULED + "/k"), PAGE, "GET");
    assertThat(asked.status()).isEqualTo(200);
    assertThat(origin(asked)).contains(PAGE);
    for (Map.Entry<String, Message> request : requests(RULED).entrySet()) {
      Answer reply = attack.send(request.getValue().header("Origin", PAGE));
      assertThat(reply.status()).isEqualTo(Integer.parseInt(request.getKey().strip()));
      assertThat(origin(reply)).as(request.getKey()).contains(PAGE);
      assertThat(reply.header("vary")).isEqualTo(VARY);
    }
    assertThat(ask(attack.message("PUT", RULED + "/k"), PAGE, "PUT").status()).isEqualTo(403);
    attack.send(attack.signed(attack.message("DELETE", RULED + "?cors")));
    attack.refused(ask(attack.message("GET", RULED + "/k"), PAGE, "GET"), 403, "AccessForbidden");
  }

  /** A browser asks with the presigned URL of the request that it means. */
  @Test
  void a_preflight_on_a_presigned_url_is_no_matter_of_its_signature() throws IOException {
    String query = "?x-amz-meta-a=1";
    Message closed =
        Signing.s3(Users.OWNER).presign(attack.message("PUT", "/attacked/row62" + query), "60");
    Answer refused = ask(closed, PAGE, "PUT");
    attack.refused(refused, 403, "AccessForbidden");
    assertThat(refused.element("Message"))
        .isEqualTo("CORSResponse: CORS is not enabled for this bucket.");
    Message open =
        Signing.s3(Users.OWNER).presign(attack.message("PUT", OPEN + "/row62" + query), "60");
    Answer asked = ask(open, PAGE, "PUT");
    assertThat(asked.status()).isEqualTo(200);
    assertThat(origin(asked)).contains("*");
    Answer put =
        attack.send(
            open.header("Origin", PAGE).header("Content-Length", "1").body(new byte[] {'x'}));
    assertThat(put.status()).isEqualTo(200);
    assertThat(origin(put)).contains("*");
    assertThat(attack.get(OPEN + "/row62").header("x-amz-meta-a")).isEqualTo("1");
  }

  private void rules() throws IOException {
    attack.send(attack.signed(attack.message("PUT", RULED)));
    attack.store(RULED + "/k", "hello");
    String rules =
        "<CORSConfiguration><CORSRule><AllowedOrigin>https://*.good.example</AllowedOrigin>"
            + "<AllowedOrigin>"
            + PAGE
            + "</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>";
    Answer put =
        attack.send(
            attack.signed(
                attack.put(RULED + "?cors", rules).header("Content-MD5", Hash.md5(rules))));
    assertThat(put.status()).as(put.text()).isEqualTo(200);
  }
}
