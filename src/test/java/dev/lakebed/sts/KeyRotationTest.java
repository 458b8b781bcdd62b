package dev.lakebed.sts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestServer;
import java.nio.file.Files;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/**
 * Session keys are rotated without ending sessions. Taking a key away ends the sessions that it
 * sealed, those that were used before included.
 */
class KeyRotationTest {
  private static final String OLD = key('o');
  private static final String NEW = key('n');

  private static String key(char fill) {
    return Base64.getEncoder().encodeToString(String.valueOf(fill).repeat(32).getBytes(UTF_8));
  }

  private static String world(String sts) {
    return Worlds.CLOSED.replaceFirst("\\{", "{\"sts\":{%s},".formatted(sts));
  }

  private static Answer session(TestServer server) {
    return server.assume(server.key("AKADMIN"), "RoleSessionName", "ab");
  }

  private static Reason refused(TestServer server, Answer session) {
    return catchThrowableOfType(AuthenticationException.class, () -> server.session(session))
        .reason();
  }

  @Test
  void configured_key_is_rotated_while_sessions_live() {
    TestServer server = TestServer.of(world("\"signingKey\":\"%s\"".formatted(OLD)));
    Answer before = session(server);
    server.session(before);

    server.reconfigure(
        world("\"signingKey\":\"%s\",\"retiredSigningKeys\":[\"%s\"]".formatted(NEW, OLD)));
    server.session(before);
    Answer after = session(server);

    server.reconfigure(world("\"signingKey\":\"%s\"".formatted(NEW)));
    server.session(after);
    assertThat(refused(server, before)).isEqualTo(Reason.INVALID_SESSION_TOKEN);
  }

  @Test
  void server_that_only_opens_with_the_next_key_takes_tokens_of_one_that_seals_with_it() {
    TestServer ahead = TestServer.of(world("\"signingKey\":\"%s\"".formatted(NEW)));
    TestServer behind =
        TestServer.of(
            world("\"signingKey\":\"%s\",\"retiredSigningKeys\":[\"%s\"]".formatted(OLD, NEW)));
    assertThat(behind.principal(behind.session(session(ahead))).arn())
        .isEqualTo("arn:aws:iam::000000000000:user/admin");
  }

  /** Files of keys are looked at once a second. */
  private static void change(TestServer server, String keys) throws Exception {
    Files.writeString(server.folder.resolve("session.key"), keys);
    Thread.sleep(1100);
  }

  @Test
  void own_key_is_rotated_without_a_restart() throws Exception {
    TestServer server = TestServer.of(Worlds.CLOSED);
    Answer before = session(server);
    server.session(before);

    change(server, NEW + "\n" + Files.readString(server.folder.resolve("session.key")));
    server.session(before);
    Answer after = session(server);

    change(server, NEW + "\n");
    server.session(after);
    assertThat(refused(server, before)).isEqualTo(Reason.INVALID_SESSION_TOKEN);
  }

  @Test
  void damaged_file_leaves_the_old_keys_in_force() throws Exception {
    TestServer server = TestServer.of(Worlds.CLOSED);
    Answer before = session(server);
    change(server, "not base64!\n");
    server.session(before);
    server.session(session(server));
  }
}
