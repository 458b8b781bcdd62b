package dev.lakebed.iam.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.KeyOwner.RootUser;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.iam.model.User;
import dev.lakebed.policy.Policy;
import dev.lakebed.support.Evidence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Forms of the SeaweedFS schema that must load. */
@Evidence({"seaweedfs-2.1", "seaweedfs-2.3"})
class ConfigFormsTest {
  private static final String ALLOW_READ =
      "{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"s3:Get*\\\",\\\"Resource\\\":\\\"*\\\"}]}";

  /** The shape Lakekeeper's CI gives to SeaweedFS: no Admin, a role that trusts everybody. */
  @Test
  void lakekeeper_ci_file_loads() {
    IamSnapshot snapshot =
        ConfigText.load(
                """
                {"identities":[{"name":"lakekeeper",
                  "credentials":[{"accessKey":"some_access_key1","secretKey":"some_secret_key1"}],
                  "actions":["Read","List","Tagging","Write"]}],
                 "sts":{"tokenDuration":"1h","maxSessionLength":"12h","issuer":"seaweedfs-sts",
                  "signingKey":"dGVzdC1zaWduaW5nLWtleS0zMi1jaGFycy1sb25nIQ=="},
                 "policy":{"defaultEffect":"Deny","storeType":"memory"},
                 "policies":[],"roles":[]}
                """)
            .snapshot();
    assertThat(snapshot.user("arn:aws:iam::000000000000:user/lakekeeper").orElseThrow().policies())
        .extracting(Policy::name)
        .containsExactly("actions of lakekeeper");
    assertThat(snapshot.sts().signingKeys()).hasSize(1);
  }

  @Test
  void snake_case_names_are_the_same_fields() {
    IamSnapshot snapshot =
        ConfigText.load(
                """
                {"identities":[{"name":"a","is_static":true,"policy_names":["p"],
                  "credentials":[{"access_key":"k","secret_key":"s"}],
                  "account":{"id":"111122223333","display_name":"x","email_address":"y"}}],
                 "policies":[{"name":"p","content":"%s"}]}
                """
                    .formatted(ALLOW_READ))
            .snapshot();
    OwnedKey key = snapshot.key("k").orElseThrow();
    assertThat(key.owner().arn()).isEqualTo("arn:aws:iam::111122223333:user/a");
    assertThat(snapshot.user(key.owner().arn()).orElseThrow().policies())
        .extracting(Policy::name)
        .containsExactly("p");
  }

  /** An addition of this server. */
  @Test
  void root_users_have_an_account_and_keys_and_are_no_users() {
    IamSnapshot snapshot =
        ConfigText.load(
                """
                {"identities":[
                  {"name":"owner","root":true,"account":{"id":"111122223333"},"isStatic":true,
                   "credentials":[{"accessKey":"k1","secretKey":"s"},
                                  {"accessKey":"k2","secretKey":"s","status":"Inactive"}]},
                  {"name":"other","root":true,"disabled":true},
                  {"name":"user","root":false}]}
                """)
            .snapshot();
    assertThat(snapshot.users()).extracting(User::name).containsExactly("user");
    assertThat(snapshot.root("111122223333")).contains(new RootUser("111122223333", true));
    assertThat(snapshot.root("000000000000")).contains(new RootUser("000000000000", false));
    assertThat(snapshot.root("999999999999")).isEmpty();
    OwnedKey key = snapshot.key("k1").orElseThrow();
    assertThat(key.owner().arn()).isEqualTo("arn:aws:iam::111122223333:root");
    assertThat(key.principal().userId()).isEqualTo("111122223333");
    assertThat(snapshot.key("k2").orElseThrow().key().active()).isFalse();
  }

  @Test
  void two_files_are_merged() {
    Path first =
        ConfigText.file("s3.json", "{\"identities\":[{\"name\":\"a\",\"policyNames\":[\"p\"]}]}");
    Path second =
        ConfigText.file(
            "iam.json", "{\"policies\":[{\"name\":\"p\",\"content\":\"" + ALLOW_READ + "\"}]}");
    IamSnapshot snapshot = IamConfig.load(List.of(first, second), Map.of()).snapshot();
    assertThat(snapshot.user("arn:aws:iam::000000000000:user/a").orElseThrow().policies())
        .extracting(Policy::name)
        .containsExactly("p");
  }

  @Test
  void secrets_are_taken_from_the_environment() {
    String text =
        "{\"identities\":[{\"name\":\"a\",\"credentials\":["
            + "{\"accessKey\":\"${KEY}\",\"secretKey\":\"x-${SECRET}\"},"
            + "{\"accessKey\":\"k\",\"secretKey\":\"${UNSET}\"}]}]}";
    IamConfig config = ConfigText.load(text, Map.of("KEY", "id", "SECRET", "a$1b"));
    assertThat(config.snapshot().keys()).containsOnlyKeys("id");
    assertThat(config.snapshot().key("id").orElseThrow().key().secret().reveal())
        .isEqualTo("x-a$1b");
    assertThat(config.warnings())
        .containsExactly(
            "identities[0].credentials[1].secretKey: environment variable UNSET is not set; the"
                + " key is left out");
  }

  @Test
  void unknown_actions_are_warned_about_with_policy_and_statement() {
    IamConfig config =
        ConfigText.load(
            """
            {"identities":[{"name":"a","actions":["s3tables:GetTabel"]}],
             "policies":[{"name":"p","document":{"Version":"2012-10-17","Statement":[
               {"Sid":"Typo","Effect":"Allow","Action":["s3:GetObejct","glue:*"],
                "Resource":"*"}]}}],
             "roles":[{"roleName":"R","trustPolicy":{"Version":"2012-10-17","Statement":[
               {"Effect":"Allow","Principal":{"AWS":"000000000000"},
                "Action":"sts:AssumeRoles"}]}}]}
            """,
            Map.of());
    assertThat(config.warnings())
        .containsExactlyInAnyOrder(
            "policies[0]: policy p, statement Typo: there is no action s3:GetObejct",
            "identities[0]: policy actions of a, statement #0: there is no action"
                + " s3tables:GetTabel",
            "roles[0].trustPolicy: policy trust policy of R, statement #0: there is no action"
                + " sts:AssumeRoles");
  }

  @Test
  void groups_give_their_policies_unless_disabled() {
    IamSnapshot snapshot =
        ConfigText.load(
                """
                {"identities":[{"name":"a"}],
                 "policies":[{"name":"p","content":"%1$s"},{"name":"q","content":"%1$s"}],
                 "groups":[{"name":"g","members":["a"],"policyNames":["p"]},
                           {"name":"h","members":["a"],"policyNames":["q"],"disabled":true}]}
                """
                    .formatted(ALLOW_READ))
            .snapshot();
    assertThat(snapshot.user("arn:aws:iam::000000000000:user/a").orElseThrow().policies())
        .extracting(Policy::name)
        .containsExactly("p");
  }

  @Test
  void service_account_keys_act_as_their_user_within_their_actions_and_until_they_end() {
    IamSnapshot snapshot =
        ConfigText.load(
                """
                {"identities":[{"name":"a","actions":["Admin"]}],
                 "serviceAccounts":[
                  {"id":"s1","parentUser":"a","actions":["Read:b"],"expiration":"1000",
                   "credential":{"accessKey":"k1","secretKey":"s"}},
                  {"id":"s2","parentUser":"a","disabled":true,
                   "credential":{"accessKey":"k2","secretKey":"s"}}]}
                """)
            .snapshot();
    assertThat(snapshot.keys()).containsOnlyKeys("k1");
    OwnedKey key = snapshot.key("k1").orElseThrow();
    assertThat(key.key().restriction()).isPresent();
    assertThat(key.key().usableAt(Instant.ofEpochSecond(999))).isTrue();
    assertThat(key.key().usableAt(Instant.ofEpochSecond(1000))).isFalse();
  }

  @Test
  void durations_may_be_nanoseconds_and_role_limits_seconds() {
    IamSnapshot snapshot =
        ConfigText.load(
                """
                {"sts":{"tokenDuration":3600000000000,"maxSessionLength":"1h30m"},
                 "roles":[{"roleName":"r","roleArn":"arn:aws:iam::role/r","maxSessionDuration":7200,
                  "trustPolicy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                   "Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}}]}
                """)
            .snapshot();
    assertThat(snapshot.sts().tokenDuration()).contains(Duration.ofHours(1));
    assertThat(snapshot.sts().maxSessionLength()).contains(Duration.ofMinutes(90));
    assertThat(snapshot.role(new RoleArn("000000000000", "/", "r")).orElseThrow().maxSession())
        .contains(Duration.ofHours(2));
  }

  @Test
  void anonymous_identity_gives_rights_to_unsigned_requests_and_is_warned_about() {
    IamConfig config =
        ConfigText.load("{\"identities\":[{\"name\":\"anonymous\",\"actions\":[\"Read:pub\"]}]}");
    assertThat(config.snapshot().anonymous().identity())
        .extracting(Policy::name)
        .containsExactly("actions of anonymous");
    assertThat(config.snapshot().users()).isEmpty();
    assertThat(config.warnings())
        .containsExactly("identities[0]: requests without credentials are given rights");
  }

  @Test
  void sections_without_meaning_are_named_in_warnings() {
    IamConfig config =
        ConfigText.load(
            """
            {"kms":{"type":"local"},"policy":{"defaultEffect":"Allow","storeType":"filer"}}
            """);
    assertThat(config.warnings())
        .extracting(warning -> warning.substring(0, warning.indexOf(':')))
        .containsExactly("kms", "policy.defaultEffect", "policy");
  }
}
