package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.Principal;
import dev.lakebed.iam.IamCredentials;
import dev.lakebed.iam.SessionKeys;
import dev.lakebed.iam.session.RevocationWatch;
import dev.lakebed.iam.session.SessionCredentials;
import dev.lakebed.iam.session.SessionTokens;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.TestServer;
import dev.lakebed.storage.metadata.iam.Revocations.Revocation;
import dev.lakebed.storage.metadata.iam.Revocations.Revocation.Kind;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The end of sessions by order: docs/operations.md, and AWS's "revoke IAM role temporary security
 * credentials" for the way by policy.
 */
class RevocationTest {
  private static final String USER = "arn:aws:iam::000000000000:user/";

  private final TestServer server = TestServer.of(Worlds.CLOSED);
  private final Keys admin = server.key("AKADMIN");

  private Answer plain(Keys by) {
    Answer issued = server.assume(by, "RoleArn", Worlds.role("Plain"), "RoleSessionName", "ab");
    assertThat(issued.outcome()).isEqualTo("ok");
    return issued;
  }

  private boolean works(Answer issued) {
    try {
      server.session(issued);
      return true;
    } catch (AuthenticationException refused) {
      assertThat(refused.reason()).isEqualTo(Reason.INACTIVE_ACCESS_KEY);
      return false;
    }
  }

  private void revoke(String... parameters) {
    assertThat(server.sts(admin, "RevokeSessions", parameters).outcome()).isEqualTo("ok");
  }

  @Test
  @Evidence("attack-80")
  void one_session_and_its_children_end_and_no_other() {
    Answer one = plain(server.key("AKOTHER"));
    Answer other = plain(server.key("AKOTHER"));
    Answer child = plain(server.session(one));
    Answer grandchild = plain(server.session(child));
    revoke("AccessKeyId", one.element("AccessKeyId"));
    assertThat(works(one)).isFalse();
    assertThat(works(child)).isFalse();
    assertThat(works(grandchild)).isFalse();
    assertThat(works(other)).isTrue();
  }

  /** Ids may be made up, and every node keeps each for 36 hours. */
  @Test
  @Evidence("attack-80")
  void an_account_ends_a_thousand_single_sessions_and_no_more() {
    Answer issued = plain(server.key("AKOTHER"));
    Answer late = plain(server.key("AKOTHER"));
    revoke("AccessKeyId", issued.element("AccessKeyId"));
    Instant until = server.clock.instant().plus(Duration.ofHours(36));
    for (int i = 0; i < 999; i++) {
      String id = Revocation.session("000000000000", "ASIA" + i);
      server.stores.revocations.add(new Revocation(Kind.SESSION, id, until, until), USER + "admin");
      String other = Revocation.session("999999999999", "ASIA" + i);
      server.stores.revocations.add(
          new Revocation(Kind.SESSION, other, until, until), USER + "admin");
    }
    revoke("AccessKeyId", issued.element("AccessKeyId"));
    assertThat(
            server
                .sts(admin, "RevokeSessions", "AccessKeyId", late.element("AccessKeyId"))
                .outcome())
        .isEqualTo("409 LimitExceeded");
    assertThat(works(late)).isTrue();
    revoke("UserArn", USER + "other");
    assertThat(works(late)).isFalse();
    server.clock.advance(Duration.ofHours(37));
    revoke("UserArn", USER + "other");
    revoke("AccessKeyId", late.element("AccessKeyId"));
  }

  @Test
  @Evidence("attack-80")
  void sessions_of_a_role_end_when_they_are_older_than_the_time() {
    Answer old = plain(server.key("AKOTHER"));
    Answer child =
        server.assume(
            server.session(old), "RoleArn", Worlds.role("ReadOnly"), "RoleSessionName", "ab");
    Answer foreign =
        server.assume(
            server.key("AKOTHER"), "RoleArn", Worlds.role("ReadOnly"), "RoleSessionName", "ab");
    server.clock.advance(Duration.ofSeconds(60));
    String between = server.clock.instant().toString();
    server.clock.advance(Duration.ofSeconds(1));
    Answer lateChild =
        server.assume(
            server.session(old), "RoleArn", Worlds.role("ReadOnly"), "RoleSessionName", "ab");
    Answer young = plain(server.key("AKOTHER"));
    revoke("RoleArn", Worlds.role("Plain"), "IssuedBefore", between);
    assertThat(works(old)).isFalse();
    assertThat(works(child)).isFalse();
    assertThat(works(lateChild)).as("made later, with an ended session").isFalse();
    assertThat(works(foreign)).isTrue();
    assertThat(works(young)).isTrue();
    revoke("RoleArn", Worlds.role("Plain"));
    assertThat(works(young)).isFalse();
    server.clock.advance(Duration.ofSeconds(2));
    assertThat(works(plain(server.key("AKOTHER")))).isTrue();
  }

  @Test
  @Evidence("attack-80")
  void all_sessions_of_a_user_end_and_those_of_others_do_not() {
    Answer role = plain(server.key("AKOTHER"));
    Answer own = server.sts(server.key("AKOTHER"), "GetSessionToken");
    Answer keeper = plain(server.key("AKKEEPER"));
    Answer chained = plain(server.session(role));
    revoke("UserArn", USER + "other");
    assertThat(works(role)).isFalse();
    assertThat(works(own)).isFalse();
    assertThat(works(chained)).isFalse();
    assertThat(works(keeper)).isTrue();
    assertThat(server.key("AKOTHER")).as("the long-term key stays").isNotNull();
  }

  @Test
  @Evidence("attack-80")
  void another_node_notices_by_itself() throws IOException {
    Answer issued = plain(server.key("AKOTHER"));
    try (RevocationWatch watch =
        new RevocationWatch(server.stores.revocations, server.clock).start()) {
      CredentialLookup node = otherNode(watch);
      String id = issued.element("AccessKeyId");
      Optional<String> token = Optional.of(issued.element("SessionToken"));
      assertThat(node.find(id, token).accessKeyId()).isEqualTo(id);
      revoke("AccessKeyId", id);
      Instant limit = Instant.now().plus(Duration.ofMinutes(1));
      while (isFound(node, id, token)) {
        assertThat(Instant.now()).isBefore(limit);
        Thread.onSpinWait();
      }
    }
  }

  /** How another node with the same database and signing key looks credentials up. */
  private CredentialLookup otherNode(RevocationWatch watch) throws IOException {
    SessionKeys keys = new SessionKeys(server.directory, server.folder);
    SessionCredentials sessions =
        new SessionCredentials(new SessionTokens(keys::ring), watch, server.clock);
    return new IamCredentials(server.directory, sessions, server.clock);
  }

  private static boolean isFound(CredentialLookup node, String id, Optional<String> token) {
    try {
      return node.find(id, token).principal() instanceof Principal.Session;
    } catch (AuthenticationException refused) {
      return false;
    }
  }

  @Test
  void an_earlier_time_does_not_bring_sessions_back() {
    Answer issued = plain(server.key("AKOTHER"));
    revoke("RoleArn", Worlds.role("Plain"));
    revoke("RoleArn", Worlds.role("Plain"), "IssuedBefore", "2020-01-01T00:00:00Z");
    assertThat(works(issued)).isFalse();
  }

  /** Each is looked up by hash; the bound of 10 ms a request is for slow machines. */
  @Test
  void ten_thousand_revocations_in_force_cost_a_request_nothing() {
    Answer one = plain(server.key("AKOTHER"));
    Answer child = plain(server.session(one));
    Instant now = server.clock.instant();
    for (int i = 0; i < 10_000; i++) {
      Kind kind = Kind.values()[i % 3];
      String subject =
          kind == Kind.SESSION
              ? Revocation.session("999999999999", "ASIA%012d".formatted(i))
              : Worlds.role("r" + i);
      server.stores.revocations.add(
          new Revocation(kind, subject, now, now.plusSeconds(3600)), "test");
    }
    revoke("AccessKeyId", plain(server.key("AKOTHER")).element("AccessKeyId"));
    long began = System.nanoTime();
    for (int i = 0; i < 2000; i++) {
      assertThat(works(child)).isTrue();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    revoke("AccessKeyId", one.element("AccessKeyId"));
    assertThat(works(child)).isFalse();
  }

  private static final String TWO_ACCOUNTS =
      """
      {"sts":{"signingKey":"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="},
       "identities":[
        {"name":"admin","actions":["Admin"],
         "credentials":[{"accessKey":"AKADMIN","secretKey":"secretsecretsecret"}]},
        {"name":"their-root","root":true,"account":{"id":"111122223333"},
         "credentials":[{"accessKey":"AKROOT","secretKey":"secretsecretsecret"}]},
        {"name":"our-root","root":true,
         "credentials":[{"accessKey":"AKOURS","secretKey":"secretsecretsecret"}]}]}
      """;

  @ParameterizedTest
  @CsvSource({"AKADMIN", "AKOURS"})
  void nobody_ends_a_session_of_another_account_and_its_root_does(String stranger) {
    TestServer two = TestServer.of(TWO_ACCOUNTS);
    Answer session = two.sts(two.key("AKROOT"), "GetSessionToken");
    String id = session.element("AccessKeyId");
    // The id does not say whose it is, so the stranger learns nothing: no session of his ends.
    assertThat(two.sts(two.key(stranger), "RevokeSessions", "AccessKeyId", id).outcome())
        .isEqualTo("ok");
    assertThat(two.session(session)).isNotNull();
    assertThat(
            two.sts(
                    two.key(stranger),
                    "RevokeSessions",
                    "UserArn",
                    "arn:aws:iam::111122223333:root")
                .outcome())
        .isEqualTo("403 AccessDenied");
    assertThat(two.session(session)).isNotNull();
    assertThat(two.sts(two.key("AKROOT"), "RevokeSessions", "AccessKeyId", id).outcome())
        .isEqualTo("ok");
    assertThat(
            catchThrowableOfType(AuthenticationException.class, () -> two.session(session))
                .reason())
        .isEqualTo(Reason.INACTIVE_ACCESS_KEY);
  }

  @Test
  void the_root_of_another_account_ends_all_its_sessions_and_asks_for_its_keys() {
    TestServer two = TestServer.of(TWO_ACCOUNTS);
    Answer session = two.sts(two.key("AKROOT"), "GetSessionToken");
    assertThat(
            two.sts(
                    two.key("AKROOT"),
                    "RevokeSessions",
                    "UserArn",
                    "arn:aws:iam::111122223333:root")
                .outcome())
        .isEqualTo("ok");
    assertThat(
            catchThrowableOfType(AuthenticationException.class, () -> two.session(session))
                .reason())
        .isEqualTo(Reason.INACTIVE_ACCESS_KEY);
    // AWS asks for the right in the account of who asks: API_GetAccessKeyInfo.
    Answer owner = two.sts(two.key("AKROOT"), "GetAccessKeyInfo", "AccessKeyId", "AKADMIN");
    assertThat(owner.outcome()).isNotEqualTo("403 AccessDenied");
  }

  @Test
  void a_database_that_does_not_answer_is_503_and_the_session_stays() {
    Answer issued = plain(server.key("AKOTHER"));
    server.stores.revocations.away = true;
    assertThat(
            server
                .sts(admin, "RevokeSessions", "AccessKeyId", issued.element("AccessKeyId"))
                .outcome())
        .isEqualTo("503 ServiceUnavailable");
    assertThat(works(issued)).isTrue();
  }

  @Test
  void only_who_may_revoke_does() {
    Answer issued = plain(server.key("AKOTHER"));
    Answer refused =
        server.sts(
            server.key("AKOTHER"), "RevokeSessions", "AccessKeyId", issued.element("AccessKeyId"));
    assertThat(refused.outcome()).isEqualTo("403 AccessDenied");
    assertThat(refused.element("Message")).contains("iam:RevokeSession");
    assertThat(works(issued)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "AccessKeyId, AKOTHER",
    "AccessKeyId, ASIA",
    "RoleArn, arn:aws:iam::000000000000:user/other",
    "UserArn, arn:aws:iam::000000000000:role/Plain",
    "UserArn, other"
  })
  void a_subject_that_is_none_is_refused(String parameter, String value) {
    assertThat(server.sts(admin, "RevokeSessions", parameter, value).outcome())
        .isEqualTo("400 ValidationError");
  }

  /** Who mistypes it must not believe that it was done. */
  @ParameterizedTest
  @CsvSource({
    "RoleArn, arn:aws:iam::000000000000:role/None",
    "RoleArn, arn:aws:iam::000000000000:role/plain",
    "UserArn, arn:aws:iam::000000000000:user/nobody"
  })
  void a_subject_that_is_not_there_is_not_found(String parameter, String value) {
    assertThat(server.sts(admin, "RevokeSessions", parameter, value).outcome())
        .isEqualTo("404 NoSuchEntity");
  }

  @Test
  void exactly_one_subject_is_needed() {
    assertThat(server.sts(admin, "RevokeSessions").outcome()).isEqualTo("400 ValidationError");
    assertThat(
            server
                .sts(
                    admin,
                    "RevokeSessions",
                    "RoleArn",
                    Worlds.role("Plain"),
                    "UserArn",
                    USER + "other")
                .outcome())
        .isEqualTo("400 ValidationError");
  }

  @Test
  void the_policy_that_aws_writes_to_revoke_older_sessions_works() {
    Answer old = plain(server.key("AKOTHER"));
    server.clock.advance(Duration.ofSeconds(60));
    String time = server.clock.instant().toString();
    server.clock.advance(Duration.ofSeconds(1));
    Answer young = plain(server.key("AKOTHER"));
    server.reconfigure(
        Worlds.CLOSED
            .replace(
                "{\"roleName\":\"Plain\",\"attachedPolicies\":[\"Everything\"]",
                "{\"roleName\":\"Plain\",\"attachedPolicies\":[\"Everything\",\"Older\"]")
            .replace(
                "{\"name\":\"NoAssume\"",
                """
                {"name":"Older","document":{"Version":"2012-10-17","Statement":[
                  {"Effect":"Deny","Action":["*"],"Resource":["*"],"Condition":
                    {"DateLessThan":{"aws:TokenIssueTime":"%s"}}}]}},
                {"name":"NoAssume\"\
                """
                    .formatted(time)));
    String object = "arn:aws:s3:::b/k";
    assertThat(server.may(server.session(old), "s3:GetObject", object)).isFalse();
    assertThat(server.may(server.session(young), "s3:GetObject", object)).isTrue();
  }

  @Test
  void a_session_that_was_ended_cannot_make_another() {
    Answer issued = plain(server.key("AKOTHER"));
    revoke("AccessKeyId", issued.element("AccessKeyId"));
    assertThat(
            catchThrowableOfType(AuthenticationException.class, () -> server.session(issued))
                .getMessage())
        .contains("revoked");
  }
}
