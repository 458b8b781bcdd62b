package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestServer;
import dev.lakebed.support.Evidence;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When temporary credentials work and when no more. */
class SessionLifeTest {
  private final TestServer server = TestServer.of(Worlds.CLOSED);
  private final Answer issued =
      server.assume(
          server.key("AKKEEPER"),
          "RoleArn",
          Worlds.role("Vend"),
          "RoleSessionName",
          "ab",
          "ExternalId",
          "tenant-7",
          "DurationSeconds",
          "900");
  private final String id = issued.element("AccessKeyId");
  private final String token = issued.element("SessionToken");

  private Reason refused(String accessKeyId, String sessionToken) {
    AuthenticationException refusal =
        catchThrowableOfType(
            AuthenticationException.class,
            () -> server.credentials.find(accessKeyId, Optional.of(sessionToken)).principal());
    return refusal.reason();
  }

  @Test
  @Evidence({"attack-20", "rule-22"})
  void temporary_key_without_token() {
    assertThat(refused(id, "")).isEqualTo(Reason.MISSING_SESSION_TOKEN);
  }

  @Test
  @Evidence("attack-20")
  void long_term_key_with_a_token() {
    assertThat(refused("AKKEEPER", token)).isEqualTo(Reason.INVALID_SESSION_TOKEN);
  }

  @Test
  @Evidence("attack-20")
  void token_of_another_session() {
    Answer other = server.assume(server.key("AKADMIN"), "RoleSessionName", "ab");
    assertThat(refused(id, other.element("SessionToken"))).isEqualTo(Reason.INVALID_SESSION_TOKEN);
    server.session(other);
    assertThat(refused(id, other.element("SessionToken"))).isEqualTo(Reason.INVALID_SESSION_TOKEN);
  }

  @Test
  @Evidence({"attack-20", "rule-22"})
  void every_flipped_bit_and_every_cut_is_noticed() {
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(refused(id, Base64.getUrlEncoder().withoutPadding().encodeToString(changed)))
          .isEqualTo(Reason.INVALID_SESSION_TOKEN);
    }
    for (int length = 1; length < token.length(); length++) {
      assertThat(refused(id, token.substring(0, length))).isEqualTo(Reason.INVALID_SESSION_TOKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"=", "A", "AA", "%00"})
  @Evidence("attack-20")
  void text_after_the_token_is_noticed(String tail) {
    assertThat(refused(id, token + tail)).isEqualTo(Reason.INVALID_SESSION_TOKEN);
  }

  @Test
  @Evidence({"attack-20", "attack-26", "rule-22"})
  void session_ends_at_its_end() {
    server.clock.advance(Duration.ofMinutes(15));
    assertThat(server.session(issued).access()).isEqualTo(id);
    server.clock.advance(Duration.ofSeconds(1));
    assertThat(refused(id, token)).isEqualTo(Reason.EXPIRED_SESSION_TOKEN);
  }

  /** Whoever has the token alone gets the answer to a wrong signature, whatever became of it. */
  @Test
  void what_became_of_a_session_is_not_told_before_its_signature() {
    Credential live = server.credentials.find(id, Optional.of(token));
    server.clock.advance(Duration.ofMinutes(16));
    server.reconfigure(Worlds.CLOSED.replace("\"disabled\":false", "\"disabled\":true"));
    Credential ended = server.credentials.find(id, Optional.of(token));
    assertThat(ended.secret()).isEqualTo(live.secret());
    assertThat(server.credentials.find("AKKEEPER", Optional.of(token)).accessKeyId())
        .isEqualTo("AKKEEPER");
  }

  /** There is no algorithm to choose and no key to point at; a JWT is just not a token. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"none\"}",
        "{\"alg\":\"HS256\",\"kid\":\"../../dev/null\"}",
        "{\"alg\":\"HS256\"}"
      })
  @Evidence("attack-21")
  void forged_jwt_is_refused(String header) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String payload = "{\"sub\":\"" + id + "\",\"role\":\"admin\"}";
    String jwt =
        base64.encodeToString(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + base64.encodeToString(payload.getBytes(StandardCharsets.UTF_8))
            + ".";
    assertThat(refused(id, jwt)).isEqualTo(Reason.INVALID_SESSION_TOKEN);
  }

  @Test
  @Evidence("attack-21")
  void token_of_another_server_is_refused() {
    TestServer other = TestServer.of(Worlds.CLOSED);
    Answer foreign = other.assume(other.key("AKADMIN"), "RoleSessionName", "ab");
    assertThat(refused(foreign.element("AccessKeyId"), foreign.element("SessionToken")))
        .isEqualTo(Reason.INVALID_SESSION_TOKEN);
  }

  @Test
  void servers_with_the_same_signing_key_share_sessions_and_a_new_key_ends_them() {
    String key = "\"sts\":{\"signingKey\":\"c2l4dGVlbiBieXRlcyEhIQ==\"},";
    String shared = Worlds.CLOSED.replaceFirst("\\{", "{" + key);
    TestServer one = TestServer.of(shared);
    TestServer two = TestServer.of(shared);
    Answer answer = one.assume(one.key("AKADMIN"), "RoleSessionName", "ab");
    assertThat(two.session(answer).secret()).isEqualTo(answer.element("SecretAccessKey"));
    two.reconfigure(shared.replace("c2l4", "d2l4"));
    AuthenticationException refusal =
        catchThrowableOfType(AuthenticationException.class, () -> two.session(answer));
    assertThat(refusal.reason()).isEqualTo(Reason.INVALID_SESSION_TOKEN);
  }

  @Test
  @Evidence("attack-80")
  void disabled_user_ends_its_sessions_at_the_next_request() {
    server.session(issued);
    server.reconfigure(Worlds.CLOSED.replace("\"disabled\":false", "\"disabled\":true"));
    assertThat(refused(id, token)).isEqualTo(Reason.INACTIVE_ACCESS_KEY);
    assertThat(
            catchThrowableOfType(AuthenticationException.class, () -> server.key("AKKEEPER"))
                .reason())
        .isEqualTo(Reason.INACTIVE_ACCESS_KEY);
  }

  @Test
  @Evidence({"attack-80", "catalog-L4"})
  void inactive_key_ends_its_sessions_at_the_next_request() {
    server.session(issued);
    server.reconfigure(
        Worlds.CLOSED.replace(
            "{\"accessKey\":\"AKKEEPER\",",
            "{\"status\":\"Inactive\",\"accessKey\":\"AKKEEPER\","));
    assertThat(refused(id, token)).isEqualTo(Reason.INACTIVE_ACCESS_KEY);
  }

  @Test
  @Evidence("attack-80")
  void deleted_role_ends_its_sessions_and_those_made_from_them() {
    Answer child =
        server.assume(
            server.session(issued), "RoleArn", Worlds.role("Plain"), "RoleSessionName", "cd");
    server.session(child);
    server.reconfigure(Worlds.CLOSED.replace("\"Vend\"", "\"Vended\""));
    assertThat(refused(id, token)).isEqualTo(Reason.INACTIVE_ACCESS_KEY);
    assertThat(refused(child.element("AccessKeyId"), child.element("SessionToken")))
        .isEqualTo(Reason.INACTIVE_ACCESS_KEY);
  }

  @Test
  void change_of_the_roles_policies_reaches_running_sessions() {
    assertThat(server.may(server.session(issued), "s3:PutObject", "arn:aws:s3:::b/k")).isTrue();
    server.reconfigure(
        Worlds.CLOSED.replaceFirst(
            "\"attachedPolicies\":\\[\"Everything\"]", "\"attachedPolicies\":[\"Read\"]"));
    assertThat(server.may(server.session(issued), "s3:PutObject", "arn:aws:s3:::b/k")).isFalse();
  }

  @Test
  void session_whose_managed_session_policy_was_deleted_can_do_nothing() {
    Answer answer =
        server.assume(
            server.key("AKADMIN"),
            "RoleSessionName",
            "ab",
            "PolicyArns.member.1.arn",
            "arn:aws:iam::000000000000:policy/Read");
    assertThat(server.may(server.session(answer), "s3:GetObject", "arn:aws:s3:::b/k")).isTrue();
    server.reconfigure(
        Worlds.CLOSED
            .replace("\"Read\",\"document\"", "\"Reading\",\"document\"")
            .replace("[\"Read\"],\n", "[\"Reading\"],\n"));
    assertThat(server.may(server.session(answer), "s3:GetObject", "arn:aws:s3:::b/k")).isFalse();
  }

  @Test
  void unknown_key_is_unknown() {
    assertThat(refused("NOBODY", "")).isEqualTo(Reason.UNKNOWN_ACCESS_KEY);
  }

  @Test
  @Evidence("attack-68")
  void credentials_and_tokens_do_not_print_secrets() {
    assertThat(server.credentials.find(id, Optional.of(token)).toString())
        .isEqualTo("Credential[" + id + "]");
    assertThat(server.directory.identities().toString()).doesNotContain("secretsecretsecret");
    assertThat(server.directory.snapshot().key("AKKEEPER").toString())
        .doesNotContain("secretsecretsecret");
  }
}
