package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.TestServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Encoded authorization messages: AWS, API_DecodeAuthorizationMessage, for the shape of the
 * document and who may see it.
 */
class AuthorizationMessageTest {
  private final TestServer server = TestServer.of(Worlds.CLOSED);

  private Answer refused(String role) {
    Answer answer =
        server.assume(
            server.key("AKOTHER"),
            "RoleArn",
            Worlds.role(role),
            "RoleSessionName",
            "ab",
            "ExternalId",
            "tenant-8");
    assertThat(answer.outcome()).isEqualTo("403 AccessDenied");
    return answer;
  }

  private Answer decode(Keys by, String message) {
    return server.sts(by, "DecodeAuthorizationMessage", "EncodedMessage", message);
  }

  private JsonObject document(Answer refusal) {
    Answer decoded = decode(server.key("AKADMIN"), refusal.element("EncodedMessage"));
    assertThat(decoded.outcome()).isEqualTo("ok");
    try (var reader = Json.createReader(new StringReader(decoded.element("DecodedMessage")))) {
      return reader.readObject();
    }
  }

  @Test
  void the_message_of_a_refusal_says_who_what_and_why() {
    Answer refusal = refused("Vend");
    JsonObject document = document(refusal);
    assertThat(document.getBoolean("allowed")).isFalse();
    assertThat(document.getBoolean("explicitDeny")).isFalse();
    assertThat(document.getString("decisionId")).isEqualTo(refusal.element("DecisionId"));
    assertThat(document.getString("layer")).isEqualTo("TRUST");
    JsonObject context = document.getJsonObject("context");
    assertThat(context.getString("action")).isEqualTo("sts:AssumeRole");
    assertThat(context.getString("resource")).isEqualTo(Worlds.role("Vend"));
    assertThat(context.getJsonObject("principal").getString("arn"))
        .isEqualTo("arn:aws:iam::000000000000:user/other");
    String conditions = context.getJsonObject("conditions").toString();
    assertThat(conditions).contains("sts:ExternalId", "tenant-8", "aws:SourceIp", "192.0.2.1");
    assertThat(document.getJsonObject("failures").getJsonArray("items")).isEmpty();
  }

  @Test
  void an_explicit_deny_names_its_statement() {
    Answer refusal =
        server.assume(
            server.key("AKBARRED"), "RoleArn", Worlds.role("Plain"), "RoleSessionName", "ab");
    JsonObject document = document(refusal);
    assertThat(document.getBoolean("explicitDeny")).isTrue();
    JsonObject statement =
        document.getJsonObject("matchedStatements").getJsonArray("items").getJsonObject(0);
    assertThat(statement.getString("effect")).isEqualTo("DENY");
    assertThat(statement.getString("sourcePolicy")).contains("NoAssume");
    assertThat(statement.getString("statementId")).isEqualTo("#0");
  }

  @Test
  void a_message_has_the_same_length_whether_the_role_exists_or_not() {
    String untrusted = refused("Vend").element("EncodedMessage");
    String unknown = refused("NoSuchRoleOfThisNameAnywhereAtAll").element("EncodedMessage");
    assertThat(unknown).hasSameSizeAs(untrusted).isNotEqualTo(untrusted);
    assertThat(document(refused("Nope")).getString("note")).contains("no such role");
  }

  @Test
  void only_who_may_decode_does() {
    String message = refused("Vend").element("EncodedMessage");
    assertThat(decode(server.key("AKOTHER"), message).outcome()).isEqualTo("403 AccessDenied");
  }

  @Test
  void every_changed_byte_is_noticed() {
    byte[] message = Base64.getUrlDecoder().decode(refused("Vend").element("EncodedMessage"));
    for (int i = 0; i < message.length; i += 37) {
      byte[] changed = message.clone();
      changed[i] ^= 1;
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
      assertThat(decode(server.key("AKADMIN"), text).outcome())
          .as("byte %d", i)
          .isEqualTo("400 InvalidAuthorizationMessageException");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "AAAA", "not base64!", "e30"})
  void what_was_not_made_here_is_refused(String message) {
    assertThat(decode(server.key("AKADMIN"), message).outcome())
        .isEqualTo("400 InvalidAuthorizationMessageException");
  }

  @Test
  void a_session_token_is_no_message_and_a_message_no_token() {
    Answer issued = server.assume(server.key("AKADMIN"), "RoleSessionName", "ab");
    assertThat(decode(server.key("AKADMIN"), issued.element("SessionToken")).outcome())
        .isEqualTo("400 InvalidAuthorizationMessageException");
  }

  @Test
  void the_message_of_another_server_is_refused() {
    String foreign = new AuthorizationMessageTest().refused("Vend").element("EncodedMessage");
    assertThat(decode(server.key("AKADMIN"), foreign).outcome())
        .isEqualTo("400 InvalidAuthorizationMessageException");
  }

  @Test
  void a_message_is_needed() {
    assertThat(server.sts(server.key("AKADMIN"), "DecodeAuthorizationMessage").outcome())
        .isEqualTo("400 ValidationError");
  }
}
