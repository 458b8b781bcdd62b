package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.TestServer;
import dev.lakebed.support.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * AssumeRoleWithWebIdentity with tokens, discovery and keys of an OpenID Connect server that others
 * made (NAV's mock-oauth2-server), as it comes.
 */
class OidcServerTest {
  private final MockOAuth2Server provider = new MockOAuth2Server();
  private TestServer server;

  @BeforeEach
  void start() {
    provider.start();
    String issuer = provider.issuerUrl("lake").toString();
    server =
        TestServer.of(
            """
            {"providers":[{"name":"nav","type":"oidc","config":{
               "issuer":"%1$s","clientId":"lakebed","allowHttp":true,
               "roleMapping":{"rules":[{"claim":"groups","value":"writers","role":"Writer"}]}}}],
             "roles":[{"roleName":"Writer","trustPolicy":{"Version":"2012-10-17","Statement":[
               {"Effect":"Allow","Principal":{"Federated":"%1$s"},
                "Action":"sts:AssumeRoleWithWebIdentity"}]}}]}
            """
                .formatted(issuer));
    // The provider goes by the clock of the machine.
    server.clock.advance(Duration.between(server.clock.instant(), Instant.now()));
  }

  @AfterEach
  void stop() {
    provider.shutdown();
  }

  private String token(String issuer, String audience, long seconds) {
    return provider
        .issueToken(issuer, "alice", audience, Map.of("groups", List.of("writers")), seconds)
        .serialize();
  }

  private Answer assume(String token) {
    return server.sts(
        Keys.NONE,
        "AssumeRoleWithWebIdentity",
        "RoleSessionName",
        "web",
        "WebIdentityToken",
        token);
  }

  @Test
  void its_token_gives_the_role_of_the_group() {
    Answer answer = assume(token("lake", "lakebed", 300));
    assertThat(answer.outcome()).isEqualTo("ok");
    assertThat(answer.element("Arn")).endsWith(":assumed-role/Writer/web");
    assertThat(answer.element("SubjectFromWebIdentityToken")).isEqualTo("alice");
  }

  @Test
  @Evidence("attack-27")
  void its_expired_and_foreign_tokens_are_refused() {
    assertThat(assume(token("lake", "lakebed", -300)).outcome())
        .isEqualTo("400 ExpiredTokenException");
    assertThat(assume(token("lake", "other", 300)).outcome()).isEqualTo("400 InvalidIdentityToken");
    assertThat(assume(token("elsewhere", "lakebed", 300)).outcome())
        .isEqualTo("400 InvalidIdentityToken");
  }
}
