package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, section 10.1.1, as Amazon S3 follows it. */
class ExpectIT {
  private static final Keys WRONG = Keys.of(Users.OWNER.access(), "wrong");

  @RegisterExtension private final Attack attack = new Attack();

  private Message put(Keys keys, String expectation) {
    return Signing.s3(keys)
        .sign(
            attack
                .message("PUT", "/attacked/expect")
                .header("Expect", expectation)
                .header("Content-Length", "5"),
            Signing.UNSIGNED);
  }

  @Test
  @Evidence("rule-45")
  void a_request_that_is_refused_from_its_head_gets_no_100() throws IOException {
    refusedFromHead(false, put(WRONG, "100-continue"));
  }

  private void refusedFromHead(boolean tls, Message message) throws IOException {
    try (Link link = attack.connect(tls)) {
      link.send(message.head());
      Answer reply = link.receive("PUT");
      attack.refused(reply, 403, "SignatureDoesNotMatch");
      assertThat(reply.header("connection")).isEqualTo("close");
      assertThat(link.isClosed()).isTrue();
    }
    attack.nothingAt("expect");
  }

  @Test
  void a_request_that_is_served_gets_100_before_its_body() throws IOException {
    try (Link link = attack.connect()) {
      link.send(put(Users.OWNER, "100-Continue").head());
      assertThat(link.receive("PUT").status()).isEqualTo(100);
      link.send("hello".getBytes(UTF_8));
      assertThat(link.receive("PUT").status()).isEqualTo(200);
      assertThat(link.exchange(attack.signed(attack.message("GET", "/attacked/expect"))).text())
          .isEqualTo("hello");
    }
    attack.send(attack.signed(attack.message("DELETE", "/attacked/expect")));
  }

  private Message chunkedPut(Keys keys) {
    return Signing.s3(keys)
        .sign(
            attack
                .message("PUT", "/attacked/expect")
                .header("Expect", "100-continue")
                .header("Transfer-Encoding", "chunked")
                .header("Content-Encoding", "aws-chunked")
                .header("x-amz-decoded-content-length", "5"),
            "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Evidence("rule-45")
  void a_chunked_request_that_is_refused_from_its_head_gets_no_100(boolean tls) throws IOException {
    refusedFromHead(tls, chunkedPut(WRONG));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_chunked_request_that_is_served_gets_100_before_its_body(boolean tls) throws IOException {
    try (Link link = attack.connect(tls)) {
      link.send(chunkedPut(Users.OWNER).head());
      assertThat(link.receive("PUT").status()).isEqualTo(100);
      link.send("f\r\n5\r\nhello\r\n0\r\n\r\n\r\n0\r\n\r\n".getBytes(UTF_8));
      assertThat(link.receive("PUT").status()).isEqualTo(200);
      assertThat(link.exchange(attack.signed(attack.message("GET", "/attacked/expect"))).text())
          .isEqualTo("hello");
    }
    attack.send(attack.signed(attack.message("DELETE", "/attacked/expect")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"200-ok", "100-continue, x", ""})
  void any_other_expectation_is_ignored(String expectation) throws IOException {
    try (Link link = attack.connect()) {
      Message message = put(Users.OWNER, expectation);
      link.send(message.head());
      link.send("hello".getBytes(UTF_8));
      Answer reply = link.receive("PUT");
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }
    attack.send(attack.signed(attack.message("DELETE", "/attacked/expect")));
  }
}
