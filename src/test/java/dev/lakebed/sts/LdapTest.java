package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.sdk.LDAPException;
import dev.lakebed.auth.Principal;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.TestServer;
import dev.lakebed.support.Evidence;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * AssumeRoleWithLDAPIdentity against an LDAP server in this process. Expectations: SeaweedFS's
 * configuration, RFC 4513 section 5.1.2 (no bind without password), RFC 4515 (escapes in filters).
 */
class LdapTest {
  private InMemoryDirectoryServer directory;
  private TestServer server;

  @BeforeEach
  void start() throws LDAPException {
    directory = People.directory();
    server = TestServer.of(config());
  }

  @AfterEach
  void stop() {
    directory.shutDown(true);
  }

  private String config() {
    return """
    {"providers":[%s],
     "policies":[{"name":"All","document":{"Version":"2012-10-17","Statement":[
       {"Effect":"Allow","Action":"s3:*","Resource":"*"}]}}],
     "roles":[
      {"roleName":"Writer","attachedPolicies":["All"],
       "trustPolicy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
        "Principal":{"Federated":"arn:aws:iam::000000000000:ldap-provider/corp"},
        "Action":"sts:AssumeRoleWithLDAPIdentity",
        "Condition":{"ForAnyValue:StringEquals":{"ldap:groups":"writers"}}}]}},
      {"roleName":"Reader","attachedPolicies":["All"],
       "trustPolicy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
        "Principal":{"Federated":"corp"},"Action":"sts:AssumeRoleWithCredentials"}]}},
      {"roleName":"Alices",
       "trustPolicy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
        "Principal":{"Federated":"corp"},"Action":"sts:AssumeRoleWithCredentials",
        "Condition":{"StringEquals":{"ldap:username":"alice"}}}]}}]}
    """
        .formatted(People.provider(directory.getListenPort()));
  }

  private Answer logIn(String user, String password, String... more) {
    String[] all = new String[4 + more.length];
    all[0] = "LDAPUsername";
    all[1] = user;
    all[2] = "LDAPPassword";
    all[3] = password;
    System.arraycopy(more, 0, all, 4, more.length);
    return server.sts(Keys.NONE, "AssumeRoleWithLDAPIdentity", all);
  }

  @Test
  void the_groups_of_a_user_choose_the_role() {
    Answer writer = logIn("alice", "alice-password");
    assertThat(writer.outcome()).isEqualTo("ok");
    assertThat(writer.element("Arn"))
        .isEqualTo("arn:aws:sts::000000000000:assumed-role/Writer/alice");
    assertThat(logIn("bob", "bob-password").element("Arn"))
        .isEqualTo("arn:aws:sts::000000000000:assumed-role/Reader/bob");
    Principal.Session session = (Principal.Session) server.principal(server.session(writer));
    assertThat(session.facts().chain())
        .containsExactly("arn:aws:iam::000000000000:ldap-provider/corp#alice");
    assertThat(session.facts().identity()).containsEntry("ldap:username", "alice");
  }

  @Test
  void a_role_may_be_asked_for_and_the_trust_policy_decides() {
    assertThat(logIn("alice", "alice-password", "RoleArn", Worlds.role("Reader")).outcome())
        .isEqualTo("ok");
    assertThat(logIn("bob", "bob-password", "RoleArn", Worlds.role("Writer")).outcome())
        .isEqualTo("403 AccessDenied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Writer", "Alices"})
  @Evidence("attack-28")
  void a_role_that_refuses_is_like_one_that_is_missing(String role) {
    assertThat(logIn("bob", "bob-password", "RoleArn", Worlds.role(role)).withoutDecisionId())
        .isEqualTo(
            logIn("bob", "bob-password", "RoleArn", Worlds.role("Missing")).withoutDecisionId());
  }

  @Test
  @Evidence("attack-28")
  void wrong_password_and_unknown_user_get_the_same_answer() {
    Answer wrong = logIn("alice", "bob-password");
    assertThat(wrong.outcome()).isEqualTo("403 AccessDenied");
    assertThat(logIn("nobody", "alice-password").text()).isEqualTo(wrong.text());
  }

  @Test
  void an_empty_password_is_refused_without_asking() {
    assertThat(logIn("alice", "").outcome()).isEqualTo("400 ValidationError");
    assertThat(logIn("", "x").outcome()).isEqualTo("400 ValidationError");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "ali*",
        "alice)(uid=*",
        "alice)(|(uid=*))",
        "(",
        "\\2a",
        "ou=x,dc=y",
        "a,b+c=d"
      })
  @Evidence("attack-28")
  void names_are_not_filters(String user) {
    assertThat(logIn(user, "alice-password").outcome()).isEqualTo("403 AccessDenied");
  }

  @Test
  void a_name_that_two_entries_have_is_refused() {
    assertThat(logIn("twin", "twin-password").outcome()).isEqualTo("403 AccessDenied");
  }

  @Test
  @Evidence("attack-28")
  void guesses_are_limited_by_user_and_the_right_password_waits_too() {
    for (int i = 0; i < 10; i++) {
      assertThat(logIn("alice", "guess" + i).outcome()).isEqualTo("403 AccessDenied");
    }
    assertThat(logIn("ALICE", "alice-password").outcome()).isEqualTo("400 Throttling");
    assertThat(logIn("bob", "bob-password").outcome()).isEqualTo("ok");
    server.clock.advance(Duration.ofSeconds(61));
    assertThat(logIn("alice", "alice-password").outcome()).isEqualTo("ok");
  }

  /** RFC 4518: a directory takes all of these for alice. */
  @Test
  @Evidence("attack-28")
  void another_spelling_of_a_name_has_no_guesses_of_its_own() {
    String[] spellings = {
      "alice", "ALICE", " alice", "alice ", "  AliCe  ", "\uff41lice", "al\u00adice"
    };
    for (int i = 0; i < 10; i++) {
      assertThat(logIn(spellings[i % spellings.length], "guess" + i).outcome())
          .isEqualTo("403 AccessDenied");
    }
    for (String spelling : spellings) {
      assertThat(logIn(spelling, "alice-password").outcome()).isEqualTo("400 Throttling");
    }
  }

  @Test
  @Evidence("attack-28")
  void guesses_at_the_same_time_are_not_more() throws Exception {
    ConcurrentHashMap<String, AtomicInteger> outcomes = new ConcurrentHashMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(24)) {
      for (int i = 0; i < 24; i++) {
        String guess = "guess" + i;
        threads.submit(
            () ->
                outcomes
                    .computeIfAbsent(logIn("alice", guess).outcome(), key -> new AtomicInteger())
                    .incrementAndGet());
      }
    }
    assertThat(outcomes.get("403 AccessDenied")).hasValue(10);
    assertThat(outcomes.get("400 Throttling")).hasValue(14);
  }

  @Test
  @Evidence("attack-28")
  void guesses_are_limited_by_address() {
    for (int i = 0; i < 30; i++) {
      assertThat(logIn("user" + i, "guess").outcome()).isEqualTo("403 AccessDenied");
    }
    assertThat(logIn("bob", "bob-password").outcome()).isEqualTo("400 Throttling");
  }

  @Test
  void a_directory_that_is_down_is_said_so_and_found_again() throws LDAPException {
    directory.shutDown(true);
    assertThat(logIn("alice", "alice-password").outcome()).isEqualTo("400 IDPCommunicationError");
    directory.startListening();
    assertThat(logIn("alice", "alice-password").outcome()).isEqualTo("ok");
  }

  @ParameterizedTest
  @CsvSource({
    "LDAPProviderName, corp, ok",
    "LDAPProviderName, other, 400 ValidationError",
    "RoleSessionName, 'a b', 400 ValidationError",
    "Unknown, x, 400 ValidationError",
    "DurationSeconds, 899, 400 ValidationError",
    "Policy, {}, 400 MalformedPolicyDocument"
  })
  void parameters_are_checked(String name, String value, String outcome) {
    assertThat(logIn("alice", "alice-password", name, value).outcome()).isEqualTo(outcome);
  }
}
