package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.Principal;
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

  private final StsServer server = new StsServer(CONFIG.formatted("false", "Active"));
  private final Credential root = server.key("AKROOT");

  private Credential session() {
    return server.session(server.call(root, "GetSessionToken"));
  }

  private String refusal(StsAnswer issued) {
    return catchThrowableOfType(AuthenticationException.class, () -> server.session(issued))
        .reason()
        .name();
  }

  @Test
  void root_is_the_account_in_every_name() {
    for (Credential credential : new Credential[] {root, session()}) {
      StsAnswer who = server.call(credential, "GetCallerIdentity");
      assertThat(who.text("Arn")).isEqualTo(ROOT);
      assertThat(who.text("UserId")).isEqualTo("000000000000");
      assertThat(who.text("Account")).isEqualTo("000000000000");
      assertThat(credential.principal().isRootUser()).isTrue();
    }
  }

  @Test
  void root_and_its_session_may_everything_in_the_account_and_nothing_outside() {
    for (Credential credential : new Credential[] {root, session()}) {
      assertThat(server.may(credential, "s3:DeleteBucket", "arn:aws:s3:::b")).isTrue();
      assertThat(server.may(credential, "iam:DeleteUser", "arn:aws:iam::000000000000:user/admin"))
          .isTrue();
      assertThat(server.mayAt(credential, "s3:GetObject", "arn:aws:s3:::b/k", "111122223333"))
          .isFalse();
    }
  }

  /** AWS's words, behind who, what and on which. */
  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void root_assumes_no_role(boolean longTerm, boolean named) {
    Credential caller = longTerm ? root : session();
    String[] parameters =
        named
            ? new String[] {"RoleSessionName", "ab", "RoleArn", Worlds.role("Open")}
            : new String[] {"RoleSessionName", "ab"};
    StsAnswer answer = server.assume(caller, parameters);
    assertThat(answer.outcome()).isEqualTo("403 AccessDenied");
    assertThat(answer.text("Message"))
        .matches(".*[.] Roles may not be assumed by root accounts[.] [(]decision [0-9A-F]{16}[)]");
  }

  /** Longer wishes are cut to an hour, not refused; the limits of everybody else stay. */
  @ParameterizedTest
  @CsvSource({"'', 3600", "900, 900", "3600, 3600", "43200, 3600", "129600, 3600"})
  void sessions_of_root_last_an_hour_at_most(String asked, long seconds) {
    String end = server.clock.instant().plusSeconds(seconds + 1).toString().substring(0, 19);
    String[] duration = asked.isEmpty() ? new String[0] : new String[] {"DurationSeconds", asked};
    assertThat(server.call(root, "GetSessionToken", duration).text("Expiration")).startsWith(end);
    String[] federated = new String[duration.length + 2];
    federated[0] = "Name";
    federated[1] = "bob";
    System.arraycopy(duration, 0, federated, 2, duration.length);
    assertThat(server.call(root, "GetFederationToken", federated).text("Expiration"))
        .startsWith(end);
  }

  @ParameterizedTest
  @CsvSource({"899", "129601"})
  void durations_outside_the_limits_of_everybody_are_refused(String seconds) {
    assertThat(server.call(root, "GetSessionToken", "DurationSeconds", seconds).outcome())
        .isEqualTo("400 ValidationError");
  }

  @Test
  void a_federated_user_of_root_has_what_the_session_policy_says_and_is_not_root() {
    StsAnswer issued = server.call(root, "GetFederationToken", "Name", "bob", "Policy", READ);
    assertThat(issued.text("Arn")).isEqualTo("arn:aws:sts::000000000000:federated-user/bob");
    Credential bob = server.session(issued);
    assertThat(bob.principal().isRootUser()).isFalse();
    assertThat(bob.principal()).isInstanceOf(Principal.FederatedUser.class);
    assertThat(server.may(bob, "s3:GetObject", "arn:aws:s3:::b/k")).isTrue();
    assertThat(server.may(bob, "s3:PutObject", "arn:aws:s3:::b/k")).isFalse();
    Credential without = server.session(server.call(root, "GetFederationToken", "Name", "bob"));
    assertThat(server.may(without, "s3:GetObject", "arn:aws:s3:::b/k")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"GetSessionToken, ''", "GetFederationToken, bob"})
  void a_session_of_root_makes_no_further_ones(String action, String name) {
    String[] parameters = name.isEmpty() ? new String[0] : new String[] {"Name", name};
    assertThat(server.call(session(), action, parameters).outcome()).isEqualTo("403 AccessDenied");
  }

  @Test
  @Evidence("attack-80")
  void sessions_end_with_the_key_and_with_the_root_user() {
    StsAnswer issued = server.call(root, "GetSessionToken");
    StsAnswer spare = server.call(server.key("AKSPARE"), "GetSessionToken");
    server.reconfigure(CONFIG.formatted("false", "Inactive"));
    assertThat(refusal(issued)).isEqualTo(Reason.INACTIVE_ACCESS_KEY.name());
    assertThat(server.session(spare).principal().arn()).isEqualTo(ROOT);
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
    StsAnswer old = server.call(root, "GetSessionToken");
    server.clock.advance(Duration.ofSeconds(60));
    assertThat(server.call(server.key("AKADMIN"), "RevokeSessions", "UserArn", ROOT).outcome())
        .isEqualTo("200");
    server.clock.advance(Duration.ofSeconds(2));
    assertThat(refusal(old)).isEqualTo(Reason.INACTIVE_ACCESS_KEY.name());
    assertThat(session().principal().arn()).isEqualTo(ROOT);
  }
}
