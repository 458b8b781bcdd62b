package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.Principal;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.TestServer;
import dev.lakebed.support.CapturedLog;
import dev.lakebed.support.Evidence;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * AssumeRoleWithWebIdentity against a provider on loopback. Expectations: AWS API reference, RFC
 * 8725.
 */
class WebIdentityTest {
  private final IdentityServer provider = new IdentityServer();
  private final TestServer server = TestServer.of(config(""));

  @AfterEach
  void stop() {
    provider.close();
  }

  private String config(String more) {
    return """
    {"providers":[{"name":"keycloak","type":"oidc","config":{
       "issuer":"%1$s","clientIds":["lakebed","second"],"allowHttp":true%3$s,
       "roleMapping":{"rules":[
         {"claim":"groups","value":"data-*","role":"Writer"}],"defaultRole":"Nobody"}}}],
     "policies":[{"name":"All","document":{"Version":"2012-10-17","Statement":[
       {"Effect":"Allow","Action":"s3:*","Resource":"*"}]}},
       {"name":"Home","document":{"Version":"2012-10-17","Statement":[
       {"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::home/${%2$s:sub}/*"}]}}],
     "roles":[
      {"roleName":"Writer","attachedPolicies":["All"],"maxSessionDuration":7200,
       "trustPolicy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
        "Principal":{"Federated":"arn:aws:iam::000000000000:oidc-provider/%2$s"},
        "Action":["sts:AssumeRoleWithWebIdentity","sts:TagSession","sts:SetSourceIdentity"],
        "Condition":{"StringEquals":{"%2$s:aud":"lakebed"},
          "StringLike":{"%2$s:sub":["alice","bob"]}}}]}},
      {"roleName":"Home","attachedPolicies":["Home"],
       "trustPolicy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
        "Principal":{"Federated":"%1$s"},"Action":"sts:AssumeRoleWithWebIdentity",
        "Condition":{"ForAnyValue:StringEquals":{"oidc:realm_access.roles":"homes"}}}]}},
      {"roleName":"Named","attachedPolicies":["All"],
       "trustPolicy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
        "Principal":{"Federated":"keycloak"},"Action":"sts:AssumeRoleWithWebIdentity"},
        {"Effect":"Deny","Principal":{"Federated":"%1$s"},
         "Action":"sts:AssumeRoleWithWebIdentity",
         "Condition":{"StringEquals":{"%2$s:sub":"mallory"}}}]}},
      {"roleName":"Nobody","attachedPolicies":["All"],
       "trustPolicy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
        "Principal":{"AWS":"000000000000"},"Action":"sts:*"}]}}]}
    """
        .formatted(provider.issuer(), provider.name(), more);
  }

  private JWTClaimsSet.Builder claims() {
    return provider.claims(server.clock.instant());
  }

  private Answer assume(String role, String token, String... more) {
    String[] all = new String[6 + more.length];
    all[0] = "RoleArn";
    all[1] = Worlds.role(role);
    all[2] = "RoleSessionName";
    all[3] = "web";
    all[4] = "WebIdentityToken";
    all[5] = token;
    System.arraycopy(more, 0, all, 6, more.length);
    return server.sts(Keys.NONE, "AssumeRoleWithWebIdentity", all);
  }

  private String outcome(JWTClaimsSet.Builder claims) {
    return assume("Writer", provider.token(claims.build())).outcome();
  }

  @Test
  @Evidence("rule-72")
  void a_good_token_gives_a_session_of_the_role() {
    Answer answer = assume("Writer", provider.token(claims().build()));
    assertThat(answer.outcome()).isEqualTo("ok");
    assertThat(answer.element("Arn"))
        .isEqualTo("arn:aws:sts::000000000000:assumed-role/Writer/web");
    assertThat(answer.element("SubjectFromWebIdentityToken")).isEqualTo("alice");
    assertThat(answer.element("Provider")).isEqualTo(provider.issuer());
    assertThat(answer.element("Audience")).isEqualTo("lakebed");
    assertThat(server.may(server.session(answer), "s3:PutObject", "arn:aws:s3:::b/k")).isTrue();
    Principal.Session session = (Principal.Session) server.principal(server.session(answer));
    assertThat(session.facts().chain()).containsExactly(provider.arn() + "#alice");
    assertThat(session.facts().identity()).containsEntry("aws:federatedprovider", provider.arn());
  }

  @Test
  void policies_of_the_role_may_use_the_subject() {
    Answer answer =
        assume(
            "Home",
            provider.token(
                claims().claim("realm_access", Map.of("roles", List.of("homes"))).build()));
    assertThat(answer.outcome()).isEqualTo("ok");
    assertThat(server.may(server.session(answer), "s3:GetObject", "arn:aws:s3:::home/alice/x"))
        .isTrue();
    assertThat(server.may(server.session(answer), "s3:GetObject", "arn:aws:s3:::home/bob/x"))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({"alice, ok", "bob, ok", "carol, 403 AccessDenied"})
  void the_trust_policy_sees_the_subject(String subject, String outcome) {
    assertThat(outcome(claims().subject(subject))).isEqualTo(outcome);
  }

  @Test
  void a_provider_may_be_named_by_its_name_and_a_deny_counts_under_any_name() {
    assertThat(assume("Named", provider.token(claims().build())).outcome()).isEqualTo("ok");
    assertThat(assume("Named", provider.token(claims().subject("mallory").build())).outcome())
        .isEqualTo("403 AccessDenied");
  }

  @Test
  void the_condition_that_failed_is_told_under_whichever_name_the_provider_is_trusted() {
    try (CapturedLog log = new CapturedLog("dev.lakebed.denials")) {
      Answer refused = assume("Home", provider.token(claims().build()));
      assertThat(refused.outcome()).isEqualTo("403 AccessDenied");
      assertThat(log.lines())
          .filteredOn(line -> line.contains(refused.element("DecisionId")))
          .singleElement()
          .asString()
          .contains("nearest-policy=\"trust policy of Home\"")
          .contains("failed-condition=\"ForAnyValue:StringEquals oidc:realm_access.roles\"");
    }
  }

  @Test
  void a_role_that_does_not_exist_is_refused_in_the_same_words() {
    Answer missing = assume("Missing", provider.token(claims().build()));
    Answer closed = assume("Nobody", provider.token(claims().build()));
    assertThat(missing.outcome()).isEqualTo("403 AccessDenied");
    assertThat(missing.withoutDecisionId()).isEqualTo(closed.withoutDecisionId());
  }

  @Test
  void without_role_the_groups_choose_it() {
    String token = provider.token(claims().claim("groups", List.of("x", "data-eng")).build());
    Answer answer =
        server.sts(
            Keys.NONE,
            "AssumeRoleWithWebIdentity",
            "RoleSessionName",
            "web",
            "WebIdentityToken",
            token);
    assertThat(answer.element("Arn")).endsWith(":assumed-role/Writer/web");
    Answer other =
        server.sts(
            Keys.NONE,
            "AssumeRoleWithWebIdentity",
            "RoleArn",
            "arn:aws:iam:::role/sts-claim-based",
            "RoleSessionName",
            "web",
            "WebIdentityToken",
            provider.token(claims().claim("groups", "sales").build()));
    assertThat(other.outcome()).isEqualTo("403 AccessDenied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
  void rsa_algorithms_are_accepted(String algorithm) {
    JWK key = IdentityServer.rsa("k");
    provider.publish(key);
    String token = IdentityServer.token(claims().build(), JWSAlgorithm.parse(algorithm), key);
    assertThat(assume("Writer", token).outcome()).isEqualTo("ok");
  }

  @ParameterizedTest
  @CsvSource({"ES256, P-256", "ES384, P-384", "ES512, P-521"})
  void elliptic_algorithms_are_accepted(String algorithm, String curve) {
    JWK key = IdentityServer.ec(Curve.parse(curve), "k");
    provider.publish(key);
    String token = IdentityServer.token(claims().build(), JWSAlgorithm.parse(algorithm), key);
    assertThat(assume("Writer", token).outcome()).isEqualTo("ok");
  }

  @Test
  @Evidence("attack-21")
  void algorithm_none_is_refused() {
    assertThat(assume("Writer", new PlainJWT(claims().build()).serialize()).outcome())
        .isEqualTo("400 InvalidIdentityToken");
    String[] good = provider.token(claims().build()).split("\\.", -1);
    assertThat(assume("Writer", good[0] + "." + good[1] + ".").outcome())
        .isEqualTo("400 InvalidIdentityToken");
  }

  @Test
  @Evidence("attack-21")
  void a_public_key_is_not_taken_as_a_secret() {
    JWK key = IdentityServer.rsa("confused");
    provider.publish(key);
    byte[] secret = key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
    String token =
        IdentityServer.made(
            () -> {
              SignedJWT forged =
                  new SignedJWT(
                      new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("confused").build(),
                      claims().build());
              forged.sign(new MACSigner(secret));
              return forged.serialize();
            });
    assertThat(assume("Writer", token).outcome()).isEqualTo("400 InvalidIdentityToken");
  }

  @Test
  @Evidence("attack-21")
  void keys_inside_the_token_are_not_looked_at() {
    JWK own = IdentityServer.rsa("first");
    String token =
        IdentityServer.made(
            () -> {
              SignedJWT forged =
                  new SignedJWT(
                      new JWSHeader.Builder(JWSAlgorithm.RS256)
                          .keyID("first")
                          .jwk(own.toPublicJWK())
                          .jwkURL(URI.create(provider.issuer() + "/evil"))
                          .build(),
                      claims().build());
              forged.sign(new RSASSASigner(own.toRSAKey()));
              return forged.serialize();
            });
    assertThat(assume("Writer", token).outcome()).isEqualTo("400 InvalidIdentityToken");
  }

  @Test
  @Evidence("attack-21")
  void a_short_rsa_key_is_refused() {
    JWK weak = IdentityServer.made(() -> new RSAKeyGenerator(1024, true).keyID("weak").generate());
    provider.publish(weak);
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("weak").build(), claims().build());
    IdentityServer.made(
        () -> {
          token.sign(
              new RSASSASigner(
                  weak.toRSAKey().toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance())));
          return token;
        });
    assertThat(assume("Writer", token.serialize()).outcome()).isEqualTo("400 InvalidIdentityToken");
  }

  @Test
  @Evidence("attack-27")
  void wrong_issuer_audience_and_times_are_refused() {
    Instant now = server.clock.instant();
    assertThat(outcome(claims().issuer("https://else.example")))
        .isEqualTo("400 InvalidIdentityToken");
    assertThat(outcome(claims().issuer(provider.issuer() + "/")))
        .isEqualTo("400 InvalidIdentityToken");
    assertThat(outcome(claims().audience("other"))).isEqualTo("400 InvalidIdentityToken");
    assertThat(outcome(claims().audience(List.of()))).isEqualTo("400 InvalidIdentityToken");
    assertThat(outcome(claims().expirationTime(Date.from(now))))
        .isEqualTo("400 ExpiredTokenException");
    assertThat(outcome(claims().expirationTime(null))).isEqualTo("400 InvalidIdentityToken");
    assertThat(outcome(claims().issueTime(Date.from(now.plusSeconds(120)))))
        .isEqualTo("400 InvalidIdentityToken");
    assertThat(outcome(claims().notBeforeTime(Date.from(now.plusSeconds(120)))))
        .isEqualTo("400 InvalidIdentityToken");
    assertThat(outcome(claims().notBeforeTime(Date.from(now.plusSeconds(30))))).isEqualTo("ok");
    assertThat(outcome(claims().subject(null))).isEqualTo("400 InvalidIdentityToken");
  }

  @Test
  @Evidence("attack-27")
  void refusals_do_not_say_what_was_wrong() {
    String wrongAudience =
        assume("Writer", provider.token(claims().audience("other").build())).text();
    String forged =
        assume(
                "Writer",
                IdentityServer.token(
                    claims().build(), JWSAlgorithm.RS256, IdentityServer.rsa("first")))
            .text();
    String unknown =
        assume("Writer", provider.token(claims().issuer("https://else.example").build())).text();
    assertThat(forged).isEqualTo(wrongAudience).isEqualTo(unknown);
  }

  @Test
  void the_authorized_party_stands_for_the_audience() {
    assertThat(outcome(claims().audience("api").claim("azp", "lakebed"))).isEqualTo("ok");
    assertThat(outcome(claims().audience("lakebed").claim("azp", "second")))
        .as("the trust policy demands the audience lakebed")
        .isEqualTo("403 AccessDenied");
    assertThat(outcome(claims().audience(List.of("api", "lakebed")))).isEqualTo("ok");
  }

  @Test
  void a_rotated_key_is_fetched_once_and_unknown_keys_do_not_make_requests() {
    assertThat(outcome(claims())).isEqualTo("ok");
    assertThat(outcome(claims())).isEqualTo("ok");
    assertThat(provider.keyRequests()).isEqualTo(1);
    server.clock.advance(Duration.ofSeconds(1));
    provider.rotate(IdentityServer.rsa("second"));
    assertThat(outcome(claims())).isEqualTo("ok");
    assertThat(provider.keyRequests()).isEqualTo(2);
    JWK stranger = IdentityServer.rsa("stranger");
    for (int i = 0; i < 20; i++) {
      assertThat(
              assume("Writer", IdentityServer.token(claims().build(), JWSAlgorithm.RS256, stranger))
                  .outcome())
          .isEqualTo("400 InvalidIdentityToken");
    }
    assertThat(provider.keyRequests()).isEqualTo(2);
    server.clock.advance(Duration.ofHours(2));
    assertThat(outcome(claims())).isEqualTo("ok");
    assertThat(provider.keyRequests()).isEqualTo(3);
  }

  @Test
  void a_provider_that_does_not_answer_is_said_so_and_known_keys_go_on() {
    provider.page("/.well-known/openid-configuration", "nonsense");
    assertThat(outcome(claims())).isEqualTo("400 IDPCommunicationError");
    provider.discover(provider.issuer() + "/jwks");
    assertThat(outcome(claims()))
        .as("pause after a failure")
        .isEqualTo("400 IDPCommunicationError");
    server.clock.advance(Duration.ofSeconds(11));
    assertThat(outcome(claims())).isEqualTo("ok");
    provider.page("/jwks", "nonsense");
    server.clock.advance(Duration.ofHours(2));
    assertThat(outcome(claims())).isEqualTo("ok");
    server.clock.advance(Duration.ofHours(24));
    assertThat(outcome(claims())).isEqualTo("400 IDPCommunicationError");
  }

  @Test
  void without_discovery_the_keys_are_at_the_usual_place() {
    provider.page("/.well-known/openid-configuration", "-> " + provider.issuer() + "/else");
    provider.page("/.well-known/jwks.json", provider.keys());
    assertThat(outcome(claims())).isEqualTo("ok");
  }

  @Test
  @Evidence("attack-27")
  void a_provider_is_not_asked_without_tls_unless_the_file_says_so() {
    server.reconfigure(config("").replace("\"allowHttp\":true", "\"allowHttp\":false"));
    assertThat(outcome(claims())).isEqualTo("400 IDPCommunicationError");
    assertThat(provider.keyRequests()).isZero();
  }

  @Test
  @Evidence("attack-27")
  void addresses_that_are_listed_may_be_reached() {
    provider.discover("http://localhost:" + provider.port() + "/realms/lake/jwks");
    assertThat(outcome(claims())).isEqualTo("400 IDPCommunicationError");
    server.reconfigure(
        config("").replaceFirst("\\{", "{\"sts\":{\"outboundAddresses\":[\"127.0.0.0/8\"]},"));
    server.clock.advance(Duration.ofSeconds(11));
    assertThat(outcome(claims())).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data",
        "http://[fe80::1]/jwks",
        "http://[::ffff:169.254.169.254]/jwks",
        "http://localhost:1/jwks",
        "http://10.0.0.1/jwks",
        "file:///etc/passwd",
        "ftp://127.0.0.1/jwks",
        "http://user@127.0.0.1/jwks"
      })
  @Evidence({"attack-27", "attack-64"})
  void discovery_cannot_lead_elsewhere(String keysAt) {
    provider.discover(keysAt);
    assertThat(outcome(claims())).isEqualTo("400 IDPCommunicationError");
  }

  @Test
  @Evidence({"attack-27", "attack-64"})
  void redirects_are_not_followed() {
    provider.page("/jwks2", "-> " + provider.issuer() + "/jwks");
    provider.discover(provider.issuer() + "/jwks2");
    assertThat(outcome(claims())).isEqualTo("400 IDPCommunicationError");
    assertThat(provider.keyRequests()).isZero();
  }

  @Test
  @Evidence("attack-27")
  void a_large_answer_is_cut_off() {
    provider.page("/jwks", "x".repeat(300_000));
    assertThat(outcome(claims())).isEqualTo("400 IDPCommunicationError");
  }

  @Test
  void tags_and_source_identity_come_from_the_token() {
    Map<String, Object> tags =
        Map.of(
            "principal_tags",
            Map.of("team", List.of("red")),
            "transitive_tag_keys",
            List.of("team"));
    Answer answer =
        assume(
            "Writer",
            provider.token(
                claims()
                    .claim("https://aws.amazon.com/tags", tags)
                    .claim("https://aws.amazon.com/source_identity", "alice@example.com")
                    .build()));
    assertThat(answer.outcome()).isEqualTo("ok");
    assertThat(answer.element("SourceIdentity")).isEqualTo("alice@example.com");
    Principal.Session session = (Principal.Session) server.principal(server.session(answer));
    assertThat(session.facts().tags()).containsEntry("team", "red");
    assertThat(session.facts().transitiveTags()).containsExactly("team");
    assertThat(session.facts().sourceIdentity()).contains("alice@example.com");
  }

  @Test
  void tags_need_tag_session_in_the_trust_policy() {
    JWTClaimsSet claims =
        claims()
            .claim("realm_access", Map.of("roles", List.of("homes")))
            .claim("https://aws.amazon.com/tags/principal_tags/team", List.of("red"))
            .build();
    assertThat(assume("Home", provider.token(claims)).outcome()).isEqualTo("403 AccessDenied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"red", "42"})
  void claims_that_are_no_tags_are_rejected(String value) {
    Object tags = value.equals("42") ? Map.of("principal_tags", Map.of("a", 42)) : value;
    assertThat(outcome(claims().claim("https://aws.amazon.com/tags", tags)))
        .isEqualTo("403 IDPRejectedClaim");
  }

  /** Condition keys know no case: a claim that users choose must not stand for another. */
  @ParameterizedTest
  @ValueSource(strings = {"SUB", "Aud", "realm_access.roles", "REALM_ACCESS"})
  @Evidence("attack-37")
  void claims_that_spell_the_same_key_are_rejected(String twin) {
    assertThat(outcome(claims().claim("realm_access", Map.of("roles", List.of("homes")))))
        .isEqualTo("ok");
    assertThat(
            outcome(
                claims()
                    .claim("realm_access", Map.of("roles", List.of("homes")))
                    .claim(twin, "admin")))
        .isEqualTo("403 IDPRejectedClaim");
  }

  @Test
  @Evidence("attack-56")
  void a_token_of_nested_arrays_is_refused() {
    String header = base64("{\"alg\":\"RS256\"}");
    for (String open : new String[] {"[", "{\"a\":"}) {
      String deep = open.repeat(14_000 / open.length());
      for (String claims : new String[] {deep, "{\"iss\":\"x\",\"a\":" + deep}) {
        assertThat(assume("Writer", header + "." + base64(claims) + ".eA").outcome())
            .isEqualTo("400 InvalidIdentityToken");
      }
      assertThat(assume("Writer", base64(deep) + "." + base64("{}") + ".eA").outcome())
          .isEqualTo("400 InvalidIdentityToken");
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @Evidence("attack-26")
  void length_is_given_exactly_or_refused() {
    String token = provider.token(claims().build());
    assertThat(assume("Writer", token, "DurationSeconds", "7200").outcome()).isEqualTo("ok");
    assertThat(assume("Writer", token, "DurationSeconds", "7201").outcome())
        .isEqualTo("400 ValidationError");
    assertThat(assume("Writer", token, "DurationSeconds", "899").outcome())
        .isEqualTo("400 ValidationError");
  }

  @Test
  @Evidence("attack-24")
  void a_session_policy_narrows_the_role() {
    Answer answer =
        assume(
            "Writer",
            provider.token(claims().build()),
            "Policy",
            "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}");
    assertThat(server.may(server.session(answer), "s3:GetObject", "arn:aws:s3:::b/k")).isTrue();
    assertThat(server.may(server.session(answer), "s3:PutObject", "arn:aws:s3:::b/k")).isFalse();
  }

  @Test
  @Evidence("attack-80")
  void the_session_ends_with_its_provider() {
    Answer answer = assume("Writer", provider.token(claims().build()));
    server.reconfigure(
        config("").replace("\"type\":\"oidc\"", "\"type\":\"oidc\",\"enabled\":false"));
    assertThatThrownBy(() -> server.session(answer)).isInstanceOf(AuthenticationException.class);
  }

  @Test
  @Evidence("attack-28")
  void attempts_that_fail_are_limited_by_address() {
    String bad = provider.token(claims().audience("other").build());
    for (int i = 0; i < 300; i++) {
      assertThat(assume("Writer", bad).outcome()).isEqualTo("400 InvalidIdentityToken");
    }
    assertThat(outcome(claims())).isEqualTo("400 Throttling");
    server.clock.advance(Duration.ofSeconds(61));
    assertThat(outcome(claims())).isEqualTo("ok");
  }

  @ParameterizedTest
  @CsvSource({
    "abc, 400 ValidationError",
    "a b c d e, 400 ValidationError",
    "abcd, 400 InvalidIdentityToken",
    "a.b.c, 400 InvalidIdentityToken",
    "eyJhbGciOiJSUzI1NiJ9.e30.AAAA, 400 InvalidIdentityToken"
  })
  void what_is_no_token_is_refused(String token, String outcome) {
    assertThat(assume("Writer", token).outcome()).isEqualTo(outcome);
  }
}
