package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.Principal;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.TestServer;
import dev.lakebed.support.Evidence;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions that ask for sessions: AWS, "Role chaining". */
class ChainingTest {
  private static final String TAGGED = "arn:aws:iam::000000000000:role/a/b/Tagged";
  private static final String READ_ONLY =
      "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:Get*\",\"Resource\":\"*\"}]}";

  private final TestServer server = TestServer.of(Worlds.CLOSED);

  private Keys session(String role) {
    return server.session(
        server.assume(
            server.key("AKADMIN"), "RoleArn", Worlds.role(role), "RoleSessionName", "ab"));
  }

  @ParameterizedTest
  @CsvSource({"3600, ok", "3601, 400 ValidationError"})
  @Evidence({"catalog-A14", "attack-26"})
  void chained_session_lasts_one_hour_at_most(String seconds, String outcome) {
    assertThat(
            server
                .assume(
                    session("Plain"),
                    "RoleArn",
                    Worlds.role("ReadOnly"),
                    "RoleSessionName",
                    "ab",
                    "DurationSeconds",
                    seconds)
                .outcome())
        .isEqualTo(outcome);
  }

  @Test
  @Evidence({"attack-24", "rule-76"})
  void session_policy_cannot_add_to_the_role() {
    Keys session =
        server.session(
            server.assume(
                server.key("AKADMIN"),
                "RoleArn",
                Worlds.role("ReadOnly"),
                "RoleSessionName",
                "ab",
                "Policy",
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}"));
    assertThat(server.may(session, "s3:GetObject", "arn:aws:s3:::b/k")).isTrue();
    assertThat(server.may(session, "s3:PutObject", "arn:aws:s3:::b/k")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  @Evidence("attack-24")
  void narrowed_session_cannot_shed_its_policy_by_a_role_that_trusts_everybody(boolean withRole) {
    Answer narrowed =
        withRole
            ? server.assume(
                server.key("AKADMIN"),
                "RoleArn",
                Worlds.role("Plain"),
                "RoleSessionName",
                "ab",
                "Policy",
                READ_ONLY)
            : server.assume(server.key("AKADMIN"), "RoleSessionName", "ab", "Policy", READ_ONLY);
    assertThat(
            server
                .assume(
                    server.session(narrowed),
                    "RoleArn",
                    Worlds.role("Plain"),
                    "RoleSessionName",
                    "ab")
                .outcome())
        .isEqualTo("403 AccessDenied");
  }

  @ParameterizedTest
  @CsvSource({"AssumeRole, RoleSessionName", "GetSessionToken, ''", "GetFederationToken, Name"})
  @Evidence("attack-24")
  void session_cannot_get_a_session_of_itself(String action, String parameter) {
    Answer answer =
        parameter.isEmpty()
            ? server.sts(session("Plain"), action)
            : server.sts(session("Plain"), action, parameter, "ab");
    assertThat(answer.outcome()).isEqualTo("403 AccessDenied");
  }

  @Test
  @Evidence("attack-24")
  void restricted_service_account_keeps_its_restriction_in_sessions() {
    Keys key = server.key("AKSERVICE");
    assertThat(server.may(key, "s3:GetObject", "arn:aws:s3:::only/k")).isTrue();
    assertThat(server.may(key, "s3:GetObject", "arn:aws:s3:::b/k")).isFalse();
    Keys session = server.session(server.assume(key, "RoleSessionName", "ab"));
    assertThat(server.may(session, "s3:GetObject", "arn:aws:s3:::only/k")).isTrue();
    assertThat(server.may(session, "s3:GetObject", "arn:aws:s3:::b/k")).isFalse();
    assertThat(server.assume(key, "RoleSessionName", "ab", "Policy", READ_ONLY).outcome())
        .isEqualTo("403 AccessDenied");
    assertThat(
            server.assume(key, "RoleArn", Worlds.role("Plain"), "RoleSessionName", "ab").outcome())
        .isEqualTo("403 AccessDenied");
  }

  /** A long s is a letter of its own, not a way to set a tag anew that was checked already. */
  @Test
  void a_tag_that_only_looks_like_another_takes_nothing_from_it() {
    Answer first =
        server.assume(
            server.key("AKOTHER"),
            "RoleArn",
            TAGGED,
            "RoleSessionName",
            "ab",
            "Tags.member.1.Key",
            "cost",
            "Tags.member.1.Value",
            "7",
            "Tags.member.2.Key",
            "co\u017ft",
            "Tags.member.2.Value",
            "8",
            "TransitiveTagKeys.member.1",
            "cost");
    assertThat(first.outcome()).isEqualTo("ok");
    Keys session = server.session(first);
    assertThat(((Principal.Session) server.principal(session)).facts().tags())
        .containsOnly(Map.entry("cost", "7"), Map.entry("co\u017ft", "8"));
    Answer second =
        server.assume(
            session,
            "RoleArn",
            TAGGED,
            "RoleSessionName",
            "cd",
            "Tags.member.1.Key",
            "co\u017ft",
            "Tags.member.1.Value",
            "9");
    assertThat(((Principal.Session) server.principal(server.session(second))).facts().tags())
        .containsEntry("cost", "7");
  }

  @Test
  void transitive_tags_and_source_identity_go_down_the_chain_and_cannot_be_replaced() {
    Answer first =
        server.assume(
            server.key("AKOTHER"),
            "RoleArn",
            TAGGED,
            "RoleSessionName",
            "ab",
            "SourceIdentity",
            "alice",
            "Tags.member.1.Key",
            "Team",
            "Tags.member.1.Value",
            "red",
            "Tags.member.2.Key",
            "cost",
            "Tags.member.2.Value",
            "7",
            "TransitiveTagKeys.member.1",
            "team");
    assertThat(first.outcome()).isEqualTo("ok");
    Keys session = server.session(first);
    Answer second = server.assume(session, "RoleArn", TAGGED, "RoleSessionName", "cd");
    assertThat(second.outcome()).isEqualTo("ok");
    Principal.Session chained = (Principal.Session) server.principal(server.session(second));
    assertThat(chained.facts().tags()).containsOnly(Map.entry("Team", "red"));
    assertThat(chained.facts().transitiveTags()).containsExactly("Team");
    assertThat(chained.facts().sourceIdentity()).contains("alice");
    assertThat(chained.facts().chain())
        .containsExactly(
            "AKOTHER",
            TAGGED
                + " "
                + session.access()
                + " "
                + ((Principal.Session) server.principal(session))
                    .facts()
                    .issuedAt()
                    .getEpochSecond()
                + " "
                + server.principal(session).userId().replaceFirst(":.*", ""));
    assertThat(
            server
                .assume(
                    session,
                    "RoleArn",
                    TAGGED,
                    "RoleSessionName",
                    "cd",
                    "Tags.member.1.Key",
                    "TEAM",
                    "Tags.member.1.Value",
                    "blue")
                .outcome())
        .isEqualTo("400 ValidationError");
    assertThat(
            server
                .assume(
                    session, "RoleArn", TAGGED, "RoleSessionName", "cd", "SourceIdentity", "bob")
                .outcome())
        .isEqualTo("403 AccessDenied");
  }

  @Test
  void inherited_tags_need_tag_session_of_the_next_role_too() {
    Answer first =
        server.assume(
            server.key("AKOTHER"),
            "RoleArn",
            TAGGED,
            "RoleSessionName",
            "ab",
            "Tags.member.1.Key",
            "team",
            "Tags.member.1.Value",
            "red",
            "TransitiveTagKeys.member.1",
            "team");
    assertThat(
            server
                .assume(
                    server.session(first), "RoleArn", Worlds.role("Plain"), "RoleSessionName", "ab")
                .outcome())
        .isEqualTo("403 AccessDenied");
  }
}
