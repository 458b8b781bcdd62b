package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.Principal;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.TestServer;
import dev.lakebed.support.Evidence;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the root user of an account gets from STS. Expectations: AWS, "Compare AWS STS credentials",
 * GetSessionToken and GetFederationToken in the STS API reference, "AWS account root user".
 */
class RootUserTest {
  private static final String ROOT = "arn:aws:iam::000000000000:root";
  private static final String READ =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:Get*\","
          + "\"Resource\":\"*\"}]}";
  private static final String CONFIG =
      """
      {"identities":[
        {"name":"the-root","root":true,"disabled":%s,
         "credentials":[
           {"accessKey":"AKROOT","secretKey":"secretsecretsecret","status":"%s"},
           {"accessKey":"AKSPARE","secretKey":"secretsecretsecret"}]},
        {"name":"admin","actions":["Admin"],
         "credentials":[{"accessKey":"AKADMIN","secretKey":"secretsecretsecret"}]}],
       "policies":[{"name":"All","document":{"Version":"2012-10-17","Statement":[
         {"Effect":"Allow","Action":"*","Resource":"*"}]}}],
       "roles":[{"roleName":"Open","attachedPolicies":["All"],
         "trustPolicy":{"Version":"2012-10-17","Statement":[
           {"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]}}]}
      """;

  private final TestServer server = TestServer.of(CONFIG.formatted("false", "Active"));
  private final Keys root = server.key("AKROOT");

  private Keys session() {
    return server.session(server.sts(root, "GetSessionToken"));
  }

  private String refusal(Answer issued) {
    return catchThrowableOfType(AuthenticationException.class, () -> server.session(issued))
        .reason()
        .name();
  }

  @Test
  void root_is_the_account_in_every_name() {
    for (Keys credential : new Keys[] {root, session()}) {
      Answer who = server.sts(credential, "GetCallerIdentity");
      assertThat(who.element("Arn")).isEqualTo(ROOT);
      assertThat(who.element("UserId")).isEqualTo("000000000000");
      assertThat(who.element("Account")).isEqualTo("000000000000");
      assertThat(server.principal(credential).isRootUser()).isTrue();
    }
  }

  @Test
  void root_and_its_session_may_everything_in_the_account_and_nothing_outside() {
    Resource foreign = Resource.of("arn:aws:s3:::b/k", "111122223333");
    for (Keys credential : new Keys[] {root, session()}) {
      assertThat(server.may(credential, "s3:DeleteBucket", "arn:aws:s3:::b")).isTrue();
      assertThat(server.may(credential, "iam:DeleteUser", "arn:aws:iam::000000000000:user/admin"))
          .isTrue();
      assertThat(server.may(credential, "s3:GetObject", foreign)).isFalse();
    }
  }

  /** AWS's words, behind who, what and on which. */
  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void root_assumes_no_role(boolean longTerm, boolean named) {
    Keys caller = longTerm ? root : session();
    String[] parameters =
        named
            ? new String[] {"RoleSessionName", "ab", "RoleArn", Worlds.role("Open")}
            : new String[] {"RoleSessionName", "ab"};
    Answer answer = server.assume(caller, parameters);
    assertThat(answer.outcome()).isEqualTo("403 AccessDenied");
    assertThat(answer.element("Message"))
        .matches(".*[.] Roles may not be assumed by root accounts[.] [(]decision [0-9A-F]{16}[)]");
  }

  /** Longer wishes are cut to an hour, not refused; the limits of everybody else stay. */
  @ParameterizedTest
  @CsvSource({"'', 3600", "900, 900", "3600, 3600", "43200, 3600", "129600, 3600"})
  void sessions_of_root_last_an_hour_at_most(String asked, long seconds) {
    String end = server.clock.instant().plusSeconds(seconds + 1).toString().substring(0, 19);
    String[] duration = asked.isEmpty() ? new String[0] : new String[] {"DurationSeconds", asked};
    assertThat(server.sts(root, "GetSessionToken", duration).element("Expiration")).startsWith(end);
    String[] federated = new String[duration.length + 2];
    federated[0] = "Name";
    federated[1] = "bob";
    System.arraycopy(duration, 0, federated, 2, duration.length);
    assertThat(server.sts(root, "GetFederationToken", federated).element("Expiration"))
        .startsWith(end);
  }

  @ParameterizedTest
  @CsvSource({"899", "129601"})
  void durations_outside_the_limits_of_everybody_are_refused(String seconds) {
    assertThat(server.sts(root, "GetSessionToken", "DurationSeconds", seconds).outcome())
        .isEqualTo("400 ValidationError");
  }

  @Test
  void a_federated_user_of_root_has_what_the_session_policy_says_and_is_not_root() {
    Answer issued = server.sts(root, "GetFederationToken", "Name", "bob", "Policy", READ);
    assertThat(issued.element("Arn")).isEqualTo("arn:aws:sts::000000000000:federated-user/bob");
    Keys bob = server.session(issued);
    assertThat(server.principal(bob).isRootUser()).isFalse();
    assertThat(server.principal(bob)).isInstanceOf(Principal.FederatedUser.class);
    assertThat(server.may(bob, "s3:GetObject", "arn:aws:s3:::b/k")).isTrue();
    assertThat(server.may(bob, "s3:PutObject", "arn:aws:s3:::b/k")).isFalse();
    Keys without = server.session(server.sts(root, "GetFederationToken", "Name", "bob"));
    assertThat(server.may(without, "s3:GetObject", "arn:aws:s3:::b/k")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"GetSessionToken, ''", "GetFederationToken, bob"})
  void a_session_of_root_makes_no_further_ones(String action, String name) {
    String[] parameters = name.isEmpty() ? new String[0] : new String[] {"Name", name};
    assertThat(server.sts(session(), action, parameters).outcome()).isEqualTo("403 AccessDenied");
  }

  @Test
  @Evidence("attack-80")
  void sessions_end_with_the_key_and_with_the_root_user() {
    Answer issued = server.sts(root, "GetSessionToken");
    Answer spare = server.sts(server.key("AKSPARE"), "GetSessionToken");
    server.reconfigure(CONFIG.formatted("false", "Inactive"));
    assertThat(refusal(issued)).isEqualTo(Reason.INACTIVE_ACCESS_KEY.name());
    assertThat(server.principal(server.session(spare)).arn()).isEqualTo(ROOT);
    server.reconfigure(CONFIG.formatted("true", "Active"));
    assertThat(refusal(spare)).isEqualTo(Reason.INACTIVE_ACCESS_KEY.name());
    assertThat(
            catchThrowableOfType(AuthenticationException.class, () -> server.key("AKSPARE"))
                .reason())
        .isEqualTo(Reason.INACTIVE_ACCESS_KEY);
  }

  @Test
  @Evidence("attack-80")
  void sessions_of_root_are_revoked_by_its_arn() {
    Answer old = server.sts(root, "GetSessionToken");
    server.clock.advance(Duration.ofSeconds(60));
    assertThat(server.sts(server.key("AKADMIN"), "RevokeSessions", "UserArn", ROOT).outcome())
        .isEqualTo("ok");
    server.clock.advance(Duration.ofSeconds(2));
    assertThat(refusal(old)).isEqualTo(Reason.INACTIVE_ACCESS_KEY.name());
    assertThat(server.principal(session()).arn()).isEqualTo(ROOT);
  }
}
