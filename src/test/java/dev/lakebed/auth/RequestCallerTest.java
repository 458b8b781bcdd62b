package dev.lakebed.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.Authenticated.SignedScope;
import dev.lakebed.auth.Authenticated.SigningFacts;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.Denial.AccessDeniedException;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.Connection;
import dev.lakebed.http.RequestBody;
import dev.lakebed.limit.ClientPlaces.ClientShare;
import dev.lakebed.limit.ClientRate;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Question.Grants;
import dev.lakebed.support.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Condition keys of requests and principals. */
@Evidence("contract-5.4")
class RequestCallerTest {
  private static final String ACCOUNT = "000000000000";
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final SigningFacts SIGNED =
      new SigningFacts(
          Optional.of("REST-HEADER"),
          Optional.of("AWS4-HMAC-SHA256"),
          Optional.of("local-01"),
          Optional.of(NOW.minusSeconds(2)));

  private static Request request(String peer, String... headers) {
    Headers.Builder fields = Headers.builder();
    for (int i = 0; i < headers.length; i += 2) {
      fields.add(headers[i], headers[i + 1]);
    }
    return new Request(
        "0123456789ABCDEF",
        "GET",
        new RawTarget("/b/k", ""),
        QueryParameters.NONE,
        fields.build(),
        new Connection(peer, false, 8333),
        NOW,
        RequestBody.EMPTY);
  }

  private static Grants when(String operator, String key, String value) {
    String policy =
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*",
         "Condition":{"%s":{"%s":"%s"}}}]}\
        """
            .formatted(operator, key, value);
    return new Grants(
        List.of(Policy.parse("p", policy, Policy.Kind.IDENTITY)),
        Optional.empty(),
        List.of(),
        false);
  }

  private static Grants unless(String operator, String key, String value) {
    String deny =
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},
         {"Effect":"Deny","Action":"*","Resource":"*","Condition":{"%s":{"%s":"%s"}}}]}\
        """
            .formatted(operator, key, value);
    return new Grants(
        List.of(Policy.parse("p", deny, Policy.Kind.IDENTITY)), Optional.empty(), List.of(), false);
  }

  private static Principal.User user(Grants grants) {
    return new Principal.User(
        ACCOUNT,
        "arn:aws:iam::000000000000:user/u",
        "AIDAAAAAAAAAAAAAAAAAA",
        "u",
        Map.of("Team", "red"),
        grants);
  }

  private static Principal session(Grants grants) {
    return new Principal.RoleSession(
        ACCOUNT,
        "arn:aws:sts::000000000000:assumed-role/r/sn",
        "AROAAAAAAAAAAAAAAAAAA",
        "arn:aws:iam::000000000000:role/a/r",
        new SessionFacts(
            "sn",
            NOW.minusSeconds(60),
            NOW.plusSeconds(60),
            Map.of("k", "v"),
            Set.of(),
            Optional.of("alice"),
            List.of("KEY"),
            Map.of()),
        grants);
  }

  private static boolean may(Principal principal, Request request, TrustedProxies proxies) {
    return new RequestCaller(new Credential("KEY", "s", principal), request, SIGNED, proxies)
        .may(Permission.of("s3:GetObject", Resource.of("arn:aws:s3:::b/k", ACCOUNT)));
  }

  @ParameterizedTest
  @CsvSource({
    "IpAddress, aws:SourceIp, 192.0.2.0/24",
    "Bool, aws:SecureTransport, false",
    "DateEquals, aws:CurrentTime, 2026-11-22T10:00:00Z",
    "NumericEquals, aws:EpochTime, 1795341600",
    "StringEquals, aws:UserAgent, agent",
    "StringEquals, aws:Referer, http://page",
    "StringEquals, aws:RequestedRegion, local-01",
    "ArnEquals, aws:PrincipalArn, arn:aws:iam::000000000000:user/u",
    "StringEquals, aws:PrincipalAccount, 000000000000",
    "StringEquals, aws:PrincipalType, User",
    "StringEquals, aws:userid, AIDAAAAAAAAAAAAAAAAAA",
    "StringEquals, aws:username, u",
    "StringEquals, aws:PrincipalTag/team, red",
    "StringEquals, aws:ResourceAccount, 000000000000",
    "StringEquals, s3:ResourceAccount, 000000000000",
    "StringEquals, s3:authType, REST-HEADER",
    "StringEquals, s3:signatureversion, AWS4-HMAC-SHA256",
    "NumericEquals, s3:signatureAge, 2000",
    "StringEquals, s3:x-amz-content-sha256, UNSIGNED-PAYLOAD",
    "Null, aws:TokenIssueTime, true",
    "Null, aws:SourceIdentity, true",
    "Null, aws:MultiFactorAuthPresent, true"
  })
  void keys_of_a_user(String operator, String key, String value) {
    Request request =
        request(
            "192.0.2.7",
            "User-Agent",
            "agent",
            "Referer",
            "http://page",
            "x-amz-content-sha256",
            "UNSIGNED-PAYLOAD");
    assertThat(may(user(when(operator, key, value)), request, TrustedProxies.NONE)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "ArnEquals, aws:PrincipalArn, arn:aws:iam::000000000000:role/a/r",
    "StringEquals, aws:PrincipalType, AssumedRole",
    "StringEquals, aws:userid, AROAAAAAAAAAAAAAAAAAA:sn",
    "Null, aws:username, true",
    "StringEquals, aws:PrincipalTag/k, v",
    "StringEquals, aws:SourceIdentity, alice",
    "DateEquals, aws:TokenIssueTime, 2026-11-22T09:59:00Z",
    "Bool, aws:MultiFactorAuthPresent, false"
  })
  @Evidence("rule-73")
  void keys_of_a_role_session(String operator, String key, String value) {
    assertThat(may(session(when(operator, key, value)), request("::1"), TrustedProxies.NONE))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "aws:username, admin",
    "aws:userid, admin",
    "aws:PrincipalArn, admin",
    "aws:PrincipalTag/role, admin",
    "aws:SourceIp, 10.0.0.1",
    "aws:TokenIssueTime, admin",
    "jwt:sub, admin",
    "s3:authType, POST"
  })
  @Evidence("attack-37")
  void headers_called_like_keys_are_never_seen(String key, String value) {
    Request request = request("192.0.2.7", key, value, key.substring(key.indexOf(':') + 1), value);
    assertThat(may(user(when("StringEquals", key, value)), request, TrustedProxies.NONE)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 10.9.9.9, 192.0.2.7",
    "10.1.1.1, 203.0.113.5, 203.0.113.5",
    "10.1.1.1, '6.6.6.6, 203.0.113.5', 203.0.113.5",
    "10.1.1.1, '203.0.113.5, 10.1.1.2', 203.0.113.5",
    "10.1.1.1, '', 10.1.1.1",
    "10.1.1.1, 'fe80::1%eth0, 10.1.1.2', fe80::1",
    "fd00::1, 2001:db8::5, 2001:db8::5",
    "10.1.1.1, 10.1.1.3, 10.1.1.3"
  })
  @Evidence("attack-36")
  void forwarded_address_counts_only_from_a_trusted_proxy(
      String peer, String forwarded, String source) {
    TrustedProxies proxies = TrustedProxies.of(List.of("10.0.0.0/8", "fd00::/8"));
    Request request =
        forwarded.isEmpty()
            ? request(peer)
            : request(
                peer,
                "X-Forwarded-For",
                forwarded,
                "X-Real-IP",
                "6.6.6.6",
                "Forwarded",
                "for=6.6.6.6");
    assertThat(may(user(when("IpAddress", "aws:SourceIp", source)), request, proxies)).isTrue();
  }

  /** The proxy's own address must not stand for a client's that cannot be read. */
  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example, 10.1.1.2", "unknown", "010.1.1.1", ""})
  void a_forwarded_address_that_cannot_be_read_allows_nothing_and_is_denied(String forwarded) {
    TrustedProxies proxies = TrustedProxies.of(List.of("10.0.0.0/8"));
    Request request = request("10.1.1.1", "X-Forwarded-For", forwarded);
    for (String operator : List.of("IpAddress", "NotIpAddress")) {
      assertThat(may(user(when(operator, "aws:SourceIp", "10.0.0.0/8")), request, proxies))
          .isFalse();
      assertThat(may(user(unless(operator, "aws:SourceIp", "10.0.0.0/8")), request, proxies))
          .isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"10.1.1.1, true", "192.0.2.7, false"})
  @Evidence("attack-36")
  void forwarded_protocol_counts_only_from_a_trusted_proxy(String peer, boolean secure) {
    TrustedProxies proxies = TrustedProxies.of(List.of("10.0.0.0/8"));
    assertThat(
            may(
                user(when("Bool", "aws:SecureTransport", String.valueOf(secure))),
                request(peer, "X-Forwarded-Proto", "https"),
                proxies))
        .isTrue();
  }

  /** Two thousand letters in a header fill what catalogs show of a refusal. */
  @ParameterizedTest
  @CsvSource({
    "s3:*, '', false",
    "s3:*, true, true",
    "s3:*, false, false",
    "sts:DecodeAuthorizationMessage, '', true"
  })
  void the_encoded_message_is_for_who_asks_for_it_or_may_decode_it(
      String right, String asked, boolean given) {
    String policy =
        "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'%s','Resource':'*'}}"
            .formatted(right)
            .replace('\'', '"');
    Grants grants =
        new Grants(
            List.of(Policy.parse("p", policy, Policy.Kind.IDENTITY)),
            Optional.empty(),
            List.of(),
            false);
    Request request =
        asked.isEmpty()
            ? request("192.0.2.7")
            : request("192.0.2.7", "x-lakebed-authorization-message", asked);
    Authenticated signed =
        new Authenticated(
            user(grants),
            request,
            AuthType.HEADER,
            Optional.of("KEY"),
            Optional.of(NOW),
            Optional.of(new SignedScope("us-east-1", "s3")));
    RequestCaller caller =
        RequestCaller.of(
            signed,
            "us-east-1",
            TrustedProxies.NONE,
            denial -> Optional.of("sealed"),
            new ClientRate(100, System::nanoTime),
            EvaluationTurns.of(ClientShare.ALL));
    AccessDeniedException refused =
        catchThrowableOfType(
            AccessDeniedException.class,
            () ->
                caller.require(
                    Permission.of(
                        "iam:ListUsers", Resource.of("arn:aws:iam::" + ACCOUNT + ":*", ACCOUNT))));
    assertThat(refused.encodedMessage())
        .isEqualTo(given ? Optional.of("sealed") : Optional.empty());
    assertThat(refused).hasMessageEndingWith(" (decision " + refused.decisionId() + ")");
  }

  @Test
  void anonymous_caller_has_the_rights_given_to_nobody() {
    Grants grants = when("Null", "aws:PrincipalArn", "true");
    RequestCaller caller =
        new RequestCaller(
            new Principal.Anonymous(grants), request("192.0.2.7"), TrustedProxies.NONE);
    assertThat(caller.accessKeyId()).isEmpty();
    assertThat(caller.may(Permission.of("s3:GetObject", Resource.of("arn:aws:s3:::b/k", ACCOUNT))))
        .isTrue();
  }

  @Test
  void permission_cannot_replace_keys_of_the_principal() {
    Permission forged =
        new Permission(
            "s3:GetObject",
            Resource.of("arn:aws:s3:::b/k", ACCOUNT),
            key -> key.equals("aws:username") ? List.of("admin") : List.of());
    RequestCaller caller =
        new RequestCaller(
            new Credential("KEY", "s", user(when("StringEquals", "aws:username", "admin"))),
            request("192.0.2.7"),
            SIGNED,
            TrustedProxies.NONE);
    assertThat(caller.may(forged)).isFalse();
  }

  private static Permission delete(String statement) {
    String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[" + statement + "]}";
    return Permission.of(
        "s3:DeleteObject",
        new Resource(
            "arn:aws:s3:::b/*",
            ACCOUNT,
            List.of(Policy.parse("bucket policy", policy, Policy.Kind.RESOURCE))));
  }

  private static String statement(String effect, String principal, String action) {
    return """
    {"Effect":"%s","Principal":%s,"Action":"%s","Resource":"arn:aws:s3:::b/public/*",
     "Condition":{"Bool":{"aws:SecureTransport":"true"}}}\
    """
        .formatted(effect, principal, action);
  }

  /** Whatever the key and the conditions are: those of the body are not known yet. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "Allow, \"*\", s3:DeleteObject, true",
        "Allow, \"*\", s3:Delete*, true",
        "Allow, \"*\", s3:GetObject, false",
        "Deny, \"*\", s3:DeleteObject, false",
        "Allow, {\"AWS\":\"000000000000\"}, s3:DeleteObject, false"
      })
  void nobody_could_be_allowed_what_some_statement_allows_everybody(
      String effect, String principal, String action, boolean possible) {
    Principal.Anonymous nobody = new Principal.Anonymous(Grants.NONE);
    Caller caller = new RequestCaller(nobody, request("192.0.2.1"), TrustedProxies.NONE);
    assertThat(caller.couldBeAllowed(delete(statement(effect, principal, action))))
        .isEqualTo(possible);
  }

  @Test
  void whoever_signed_could_be_allowed_anything() {
    Caller caller = new KeyedCaller(user(Grants.NONE), dev.lakebed.policy.Keys.NONE);
    assertThat(caller.couldBeAllowed(delete(statement("Allow", "\"*\"", "s3:GetObject")))).isTrue();
  }
}
