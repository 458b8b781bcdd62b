package dev.lakebed.app.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads who ends sessions: one sentence, never the XML of the protocol. */
class RevokeCommandTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/R";
  private static final String ENDED =
      "<RevokeSessionsResponse><RevokeSessionsResult><Subject>"
          + ROLE
          + "</Subject><IssuedBefore>2026-01-31T12:00:00Z</IssuedBefore></RevokeSessionsResult>"
          + "<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></RevokeSessionsResponse>";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> variables =
      new HashMap<>(Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "secret"));
  private final HttpServer server;
  private String url = "";

  RevokeCommandTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
    variables.put("AWS_ENDPOINT_URL", url);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(int status, String body) {
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private int revoke(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "revoke";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Main.commandLine(new ExplainCommand(), variables)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all);
  }

  @Test
  void what_was_ended_is_said_in_a_sentence() {
    answer(200, ENDED);
    assertThat(revoke("--role", ROLE)).isZero();
    assertThat(out)
        .hasToString(
            "Ended all sessions of "
                + ROLE
                + " that were issued before 2026-01-31T12:00:00Z, and those made with them."
                + System.lineSeparator());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void session_is_named_by_its_key() {
    answer(200, ENDED);
    assertThat(revoke("--session", "ASIAABCDEFGHIJKLMNOP")).isZero();
    assertThat(out.toString())
        .isEqualToIgnoringNewLines(
            "Ended the session ASIAABCDEFGHIJKLMNOP and those made with it.");
  }

  @Test
  void refusal_is_said_in_a_sentence_with_the_reason() {
    answer(
        403,
        "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>You &amp; I are"
            + " not authorized</Message></Error><RequestId>1</RequestId></ErrorResponse>");
    assertThat(revoke("--role", ROLE)).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "lakebed: nothing was revoked: "
                + url
                + " says 403 AccessDenied, You & I are not authorized");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html><body>Welcome<br></body></html>", "", "<a/>", "{}"})
  void answer_of_another_server_is_no_success(String body) {
    answer(200, body);
    assertThat(revoke("--role", ROLE)).isEqualTo(1);
    assertThat(err.toString())
        .contains("nothing was revoked: " + url + " says 200 an answer that is none of Lakebed's");
  }

  @Test
  void endpoint_on_the_command_line_wins_over_the_variable() {
    answer(200, ENDED);
    variables.put("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    assertThat(revoke("--role", ROLE, "--endpoint", url + "/")).isZero();
  }

  @Test
  void server_that_does_not_answer_is_named_with_what_helps() {
    server.stop(0);
    assertThat(revoke("--role", ROLE)).isEqualTo(Main.CANNOT_START);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "lakebed: no answer from "
                + url
                + " (ConnectException); --endpoint or AWS_ENDPOINT_URL names another server");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8333", "ftp://h", "http://", "http://h/path", "http://a b"})
  void address_that_can_be_no_server_s_is_refused(String address) {
    variables.put("AWS_ENDPOINT_URL", address);
    assertThat(revoke("--role", ROLE)).isEqualTo(Main.UNUSABLE_CONFIGURATION);
    assertThat(err.toString()).startsWith("lakebed: AWS_ENDPOINT_URL is " + address + ", but must");
  }

  @Test
  void missing_keys_are_named() {
    variables.remove("AWS_SECRET_ACCESS_KEY");
    assertThat(revoke("--role", ROLE)).isEqualTo(Main.UNUSABLE_CONFIGURATION);
    assertThat(err.toString()).contains("AWS_SECRET_ACCESS_KEY");
  }
}
