package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.auth.Principal;
import dev.lakebed.iam.model.IdentityProvider.SamlProvider;
import dev.lakebed.iam.model.StsSettings.SamlOptions;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.TestServer;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException;
import dev.lakebed.sts.saml.SamlIdentities;
import dev.lakebed.support.Evidence;
import jakarta.json.Json;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * AssumeRoleWithSAML with responses signed here. Expectations: AWS API reference; SAML 2.0 core and
 * profiles; "On Breaking SAML: Be Whoever You Want to Be" for wrapped signatures.
 */
class SamlTest {
  private static final SamlProviderKit IDP = new SamlProviderKit();
  private static final SamlProviderKit STRANGER = new SamlProviderKit();
  private static final String ROLE = Worlds.role("Writer");

  private final TestServer server = TestServer.of(config());

  private static String config() {
    return """
    {"providers":[{"name":"corp","type":"saml","config":{"metadata":%s}}],
     "policies":[{"name":"All","document":{"Version":"2012-10-17","Statement":[
       {"Effect":"Allow","Action":"s3:*","Resource":"*"}]}}],
     "roles":[{"roleName":"Writer","attachedPolicies":["All"],
       "trustPolicy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
        "Principal":{"Federated":"arn:aws:iam::000000000000:saml-provider/corp"},
        "Action":["sts:AssumeRoleWithSAML","sts:TagSession"],
        "Condition":{"StringEquals":{"saml:aud":"https://signin.aws.amazon.com/saml",
          "saml:iss":"https://idp.example.com/saml","saml:sub_type":"persistent",
          "saml:doc":"000000000000/corp"},
          "StringLike":{"saml:sub":"ali*"}}}]}},
      {"roleName":"Other","attachedPolicies":["All"],
       "trustPolicy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
        "Principal":{"Federated":"arn:aws:iam::000000000000:saml-provider/corp"},
        "Action":"sts:AssumeRoleWithSAML"}]}}]}
    """
        .formatted(Json.createValue(IDP.metadata()));
  }

  private String response(String id, String subject) {
    return SamlProviderKit.response(id, subject, server.clock.instant(), ROLE);
  }

  private Answer assume(String xml, String... more) {
    return server.sts(Keys.NONE, "AssumeRoleWithSAML", parameters(xml, more));
  }

  private static String[] parameters(String xml, String... more) {
    String[] all = new String[6 + more.length];
    all[0] = "RoleArn";
    all[1] = ROLE;
    all[2] = "PrincipalArn";
    all[3] = SamlProviderKit.ARN;
    all[4] = "SAMLAssertion";
    all[5] = SamlProviderKit.encoded(xml);
    System.arraycopy(more, 0, all, 6, more.length);
    return all;
  }

  /** The outcome of a response that was changed before it was signed. */
  private String signedAfter(UnaryOperator<String> change) {
    return assume(IDP.signed(change.apply(response("1", "alice")), "a1")).outcome();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a1", "r1"})
  void assertion_or_response_may_be_signed(String id) {
    Answer answer = assume(IDP.signed(response("1", "alice"), id));
    assertThat(answer.outcome()).isEqualTo("ok");
    assertThat(answer.element("Arn"))
        .isEqualTo("arn:aws:sts::000000000000:assumed-role/Writer/alice");
    assertThat(answer.element("Subject")).isEqualTo("alice");
    assertThat(answer.element("SubjectType")).isEqualTo("persistent");
    assertThat(answer.element("Issuer")).isEqualTo(SamlProviderKit.ENTITY);
    assertThat(answer.element("Audience")).isEqualTo("https://signin.aws.amazon.com/saml");
    assertThat(answer.element("NameQualifier")).isEqualTo("SCjN4IjYfn4FY7IMgOzNo3cjp4Q=");
    Principal.Session session = (Principal.Session) server.principal(server.session(answer));
    assertThat(session.facts().identity()).containsEntry("saml:sub", "alice");
    assertThat(session.facts().chain()).containsExactly(SamlProviderKit.ARN + "#alice");
  }

  /** CreateSAMLProvider takes it; who looks for the reason in the log must find it. */
  @Test
  void metadata_that_cannot_be_used_is_named_for_the_log() {
    int begin = IDP.metadata().indexOf("<md:KeyDescriptor");
    int end = IDP.metadata().indexOf("</md:IDPSSODescriptor");
    String key = IDP.metadata().substring(begin, end);
    String eleven = IDP.metadata().replace(key, key.repeat(11));
    SamlIdentities identities = new SamlIdentities(server.clock, server.stores.assertions);
    SamlProvider crowded = new SamlProvider(SamlProviderKit.ARN, eleven);
    String signed = SamlProviderKit.encoded(IDP.signed(response("1", "alice"), "a1"));
    assertThatThrownBy(() -> identities.verify(signed, crowded, SamlOptions.DEFAULT))
        .isInstanceOf(IdentityException.class)
        .hasMessage(
            "the metadata of arn:aws:iam::000000000000:saml-provider/corp is not usable:"
                + " the metadata must have from 1 to 10 certificates for signing");
  }

  @Test
  void both_may_be_signed() {
    String inner = IDP.signed(response("1", "alice"), "a1");
    assertThat(assume(IDP.signed(inner, "r1")).outcome()).isEqualTo("ok");
  }

  @Test
  void unsigned_responses_and_those_of_strangers_are_refused_in_the_same_words() {
    Answer unsigned = assume(response("1", "alice"));
    assertThat(unsigned.outcome()).isEqualTo("400 InvalidIdentityToken");
    assertThat(assume(STRANGER.signed(response("1", "alice"), "a1")).text())
        .isEqualTo(unsigned.text());
  }

  @Test
  void what_was_changed_after_signing_is_refused() {
    String signed = IDP.signed(response("1", "alice"), "a1");
    assertThat(assume(signed.replace(">alice<", ">alina<")).outcome())
        .isEqualTo("400 InvalidIdentityToken");
  }

  @Test
  void a_comment_does_not_cut_a_name() {
    String signed = IDP.signed(response("1", "bob.alice"), "a1");
    assertThat(assume(signed.replace(">bob.alice<", "><!-- -->bob.alice<")).outcome())
        .isEqualTo("403 AccessDenied");
    String other = IDP.signed(response("2", "alice.evil"), "a2");
    Answer answer = assume(other.replace(">alice.evil<", ">alice<!-- -->.evil<"));
    assertThat(answer.element("Subject")).isEqualTo("alice.evil");
  }

  @Test
  @Evidence("attack-21")
  void wrapped_signatures_are_refused() {
    String signed = IDP.signed(response("1", "alice"), "a1");
    int from = signed.indexOf("<saml:Assertion");
    int to = signed.indexOf("</saml:Assertion>") + "</saml:Assertion>".length();
    String good = signed.substring(from, to);
    String evil =
        good.replaceAll("<(ds:)?Signature.*</(ds:)?Signature>", "")
            .replace(">alice<", ">alice.evil<")
            .replace("ID=\"a1\"", "ID=\"evil\"");
    String signature =
        good.substring(
            good.indexOf("<Signature"), good.indexOf("</Signature>") + "</Signature>".length());
    String[] wrapped = {
      signed.replace(good, evil + good),
      signed.replace(good, good + evil),
      signed.replace(good, evil.replace("</saml:Subject>", "</saml:Subject>" + good)),
      signed.replace(good, evil.replace("</saml:Issuer>", "</saml:Issuer><x>" + good + "</x>")),
      signed.replace(good, evil.replace("</saml:Issuer>", "</saml:Issuer>" + signature)),
      signed.replace(
          good,
          evil.replace("ID=\"evil\"", "ID=\"a1\"")
              .replace("</saml:Issuer>", "</saml:Issuer>" + signature)),
      signed.replace(
          good,
          evil.replace(
              "</saml:Issuer>",
              "</saml:Issuer>"
                  + signature.replace(
                      "</Signature>", "<Object>" + good + "</Object></Signature>"))),
      signed.replace(good, evil).replace("<samlp:Status>", good + "<samlp:Status>")
    };
    for (String attempt : wrapped) {
      assertThat(attempt).isNotEqualTo(signed);
      assertThat(assume(attempt).outcome()).isEqualTo("400 InvalidIdentityToken");
    }
    assertThat(assume(signed).outcome()).isEqualTo("ok");
  }

  @Test
  @Evidence("attack-55")
  void document_types_are_refused() {
    String signed = IDP.signed(response("1", "alice"), "a1");
    assertThat(assume("<!DOCTYPE x [<!ENTITY e \"alice\">]>" + signed).outcome())
        .isEqualTo("400 InvalidIdentityToken");
    assertThat(assume("<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\">" + signed).outcome())
        .isEqualTo("400 InvalidIdentityToken");
    assertThat(assume("<a>".repeat(15_000)).outcome()).isEqualTo("400 InvalidIdentityToken");
    assertThat(assume("<a>".repeat(5000) + "</a>".repeat(5000)).outcome())
        .isEqualTo("400 InvalidIdentityToken");
  }

  @ParameterizedTest
  @CsvSource({
    "urn:amazon:webservices, urn:someone:else, 400 InvalidIdentityToken",
    "https://signin.aws.amazon.com/saml, https://else.example/, 400 InvalidIdentityToken",
    "https://idp.example.com/saml, https://evil.example.com/, 400 InvalidIdentityToken",
    "cm:bearer, cm:holder-of-key, 400 InvalidIdentityToken",
    "status:Success, status:AuthnFailed, 403 IDPRejectedClaim",
    "Attributes/RoleSessionName, Attributes/Else, 403 IDPRejectedClaim",
    "role/Writer, role/Other, 400 InvalidIdentityToken",
    "nameid-format:persistent, nameid-format:transient, 403 AccessDenied",
    "Version=\\\"2.0\\\", Version=\\\"1.1\\\", 400 InvalidIdentityToken",
    "<saml:Conditions , <saml:Nothing , 400 InvalidIdentityToken"
  })
  void what_the_provider_says_is_checked(String from, String to, String outcome) {
    String search = from.replace("\\\"", "\"");
    String replacement = to.replace("\\\"", "\"");
    assertThat(
            signedAfter(
                xml ->
                    xml.replace(search, replacement)
                        .replace(
                            "</saml:Conditions>",
                            to.startsWith("<saml:Nothing")
                                ? "</saml:Nothing>"
                                : "</saml:Conditions>")))
        .isEqualTo(outcome);
  }

  @Test
  void expired_and_early_assertions_are_refused() {
    String signed = IDP.signed(response("1", "alice"), "a1");
    server.clock.advance(Duration.ofSeconds(-120));
    assertThat(assume(signed).outcome()).isEqualTo("400 InvalidIdentityToken");
    server.clock.advance(Duration.ofSeconds(120 + 301));
    assertThat(assume(signed).outcome()).isEqualTo("400 ExpiredTokenException");
    assertThat(assume(STRANGER.signed(response("1", "alice"), "a1")).outcome())
        .isEqualTo("400 InvalidIdentityToken");
  }

  @Test
  void an_assertion_gives_credentials_once() {
    String signed = IDP.signed(response("1", "alice"), "a1");
    assertThat(assume(signed, "DurationSeconds", "1").outcome()).isEqualTo("400 ValidationError");
    assertThat(assume(signed).outcome()).isEqualTo("ok");
    assertThat(assume(signed).outcome()).isEqualTo("400 InvalidIdentityToken");
    assertThat(assume(IDP.signed(response("2", "alice"), "a2")).outcome()).isEqualTo("ok");
  }

  @Test
  @Evidence("attack-21")
  void an_assertion_gives_credentials_once_in_the_whole_cluster() {
    TestServer other =
        TestServer.with().configuration(config()).sharing(server.stores).standing().start();
    String signed = IDP.signed(response("1", "alice"), "a1");
    assertThat(assume(signed).outcome()).isEqualTo("ok");
    assertThat(other.sts(Keys.NONE, "AssumeRoleWithSAML", parameters(signed)).outcome())
        .isEqualTo("400 InvalidIdentityToken");
  }

  @Test
  @Evidence("attack-21")
  void when_it_cannot_be_known_whether_an_assertion_was_used_it_is_refused() {
    String signed = IDP.signed(response("1", "alice"), "a1");
    server.stores.assertions.away = true;
    assertThat(assume(signed).outcome()).isEqualTo("503 ServiceUnavailable");
    server.stores.assertions.away = false;
    assertThat(assume(signed).outcome()).isEqualTo("ok");
  }

  @Test
  void session_length_and_tags_come_from_the_assertion() {
    String attributes =
        """
        <saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/SessionDuration">\
        <saml:AttributeValue>1800</saml:AttributeValue></saml:Attribute>\
        <saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/PrincipalTag:team">\
        <saml:AttributeValue>red</saml:AttributeValue></saml:Attribute>\
        <saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/TransitiveTagKeys">\
        <saml:AttributeValue>team</saml:AttributeValue></saml:Attribute>\
        </saml:AttributeStatement>\
        """;
    Answer answer =
        assume(
            IDP.signed(
                response("1", "alice").replace("</saml:AttributeStatement>", attributes), "a1"));
    assertThat(answer.outcome()).isEqualTo("ok");
    Principal.Session session = (Principal.Session) server.principal(server.session(answer));
    assertThat(session.facts().tags()).containsEntry("team", "red");
    assertThat(session.facts().transitiveTags()).containsExactly("team");
    assertThat(Duration.between(session.facts().issuedAt(), session.facts().expiresAt()))
        .isBetween(Duration.ofSeconds(1800), Duration.ofSeconds(1801));
  }

  @Test
  void the_session_ends_with_that_of_the_provider() {
    String xml =
        response("1", "alice")
            .replace(
                "<saml:AuthnStatement ",
                "<saml:AuthnStatement SessionNotOnOrAfter=\""
                    + server.clock.instant().plusSeconds(600)
                    + "\" ");
    Answer answer = assume(IDP.signed(xml, "a1"));
    Principal.Session session = (Principal.Session) server.principal(server.session(answer));
    assertThat(session.facts().expiresAt()).isEqualTo("2026-11-22T10:10:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "PrincipalArn, arn:aws:iam::000000000000:saml-provider/else, 400 InvalidIdentityToken",
    "SAMLAssertion, '!!!!', 400 ValidationError",
    "SAMLAssertion, AAAA, 400 InvalidIdentityToken",
    "RoleArn, arn:aws:iam::000000000000:role/Other, 400 InvalidIdentityToken"
  })
  void parameters_are_checked(String name, String value, String outcome) {
    String[] all = {
      "RoleArn",
      ROLE,
      "PrincipalArn",
      SamlProviderKit.ARN,
      "SAMLAssertion",
      SamlProviderKit.encoded(IDP.signed(response("1", "alice"), "a1"))
    };
    for (int i = 0; i < all.length; i += 2) {
      if (all[i].equals(name)) {
        all[i + 1] = value;
      }
    }
    assertThat(server.sts(Keys.NONE, "AssumeRoleWithSAML", all).outcome()).isEqualTo(outcome);
  }
}
