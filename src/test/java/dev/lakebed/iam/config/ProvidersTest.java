package dev.lakebed.iam.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lakebed.iam.config.InvalidConfigException.ConfigProblem;
import dev.lakebed.iam.model.IdentityProvider.LdapProvider;
import dev.lakebed.iam.model.IdentityProvider.LdapProvider.Security;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.iam.model.StsSettings.FederationSettings;
import dev.lakebed.iam.model.StsSettings.OidcOptions;
import dev.lakebed.support.Evidence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Identity providers of the file, in SeaweedFS's form. */
@Evidence("seaweedfs-2.3")
class ProvidersTest {
  private static final String OIDC =
      """
      {"name":"keycloak","type":"oidc","enabled":true,"config":{
        "issuer":"https://kc.example/realms/lake","clientId":"a","clientIds":["b"],
        "clientSecret":"s","scopes":["openid"],"claimsMapping":{"groups":"roles"},
        "jwksUri":"https://kc.example/keys","jwksCacheTTLSeconds":60,
        "thumbprints":["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],
        "allowedPrincipalTagKeys":["team"],
        "roleMapping":{"rules":[{"claim":"groups","value":"admin*","role":"Admin"},
          {"claim":"groups","value":"eng","role":"arn:aws:iam::role/Eng"}],
          "defaultRole":"arn:aws:iam::000000000000:role/Guest"}}}\
      """;

  private static FederationSettings load(String text) {
    return ConfigText.load(text).snapshot().sts().federation();
  }

  @Test
  void oidc_fields_are_read() {
    FederationSettings settings = load("{\"providers\":[" + OIDC + "]}");
    String arn = "arn:aws:iam::000000000000:oidc-provider/kc.example/realms/lake";
    assertThat(settings.oidc().get(arn).clientIds()).containsExactlyInAnyOrder("a", "b");
    assertThat(settings.oidc().get(arn).thumbprints()).containsExactly("a".repeat(40));
    OidcOptions options = settings.oidcOptions().get(arn);
    assertThat(options.keysLife()).isEqualTo(Duration.ofMinutes(1));
    assertThat(options.tagKeys()).contains(Set.of("team"));
    assertThat(options.names())
        .containsExactlyInAnyOrder("keycloak", "https://kc.example/realms/lake");
    assertThat(options.roles().role(claim -> List.of("administrators")))
        .contains(new RoleArn("000000000000", "/", "Admin"));
    assertThat(options.roles().role(claim -> List.of("eng")))
        .contains(new RoleArn("000000000000", "/", "Eng"));
    assertThat(options.roles().role(claim -> List.of()))
        .contains(new RoleArn("000000000000", "/", "Guest"));
  }

  @Test
  void providers_may_stand_in_sts_and_take_its_account() {
    FederationSettings settings =
        load("{\"sts\":{\"accountId\":\"111122223333\",\"providers\":[" + OIDC + "]}}");
    assertThat(settings.oidc())
        .containsOnlyKeys("arn:aws:iam::111122223333:oidc-provider/kc.example/realms/lake");
  }

  @Test
  void a_provider_that_is_switched_off_is_not_there() {
    FederationSettings settings = load("{\"providers\":[" + OIDC.replace("true", "false") + "]}");
    assertThat(settings.oidc()).isEmpty();
    assertThat(settings.reserves("arn:aws:iam::000000000000:oidc-provider/kc.example/realms/LAKE"))
        .as("nobody may take its place")
        .isTrue();
  }

  @Test
  void ldap_fields_are_read_and_have_the_defaults_of_seaweedfs() {
    LdapProvider ldap =
        ConfigText.load(
                """
                {"providers":[{"name":"corp","type":"ldap","config":{
                  "server":"ldaps://ldap.example","bindDN":"cn=x","bindPassword":"${PW}",
                  "baseDN":"dc=example"}}]}
                """,
                Map.of("PW", "secret"))
            .snapshot()
            .sts()
            .federation()
            .ldap()
            .getFirst();
    assertThat(ldap.server().port()).isEqualTo(636);
    assertThat(ldap.server().security()).isEqualTo(Security.TLS);
    assertThat(ldap.server().bindPassword().reveal()).isEqualTo("secret");
    assertThat(ldap.server().timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(ldap.server().connections()).isEqualTo(10);
    assertThat(ldap.search().userFilter()).isEqualTo("(cn=%s)");
    assertThat(ldap.search().attributes()).containsEntry("groups", "memberOf");
    assertThat(ldap.toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"x\",\"type\":\"oidc\",\"config\":{\"issuer\":\"https://a\"}}"
            + "|providers[0].config|needs a field clientId or clientIds",
        "{\"name\":\"x\",\"type\":\"oidc\",\"config\":{\"issuer\":\"ftp://a\",\"clientId\":\"c\"}}"
            + "|providers[0].config.issuer|must be a URL",
        "{\"name\":\"x\",\"type\":\"oidc\",\"config\":{\"issuer\":\"https://a\",\"clientId\":\"c\","
            + "\"isuer\":1}}|providers[0].config.isuer|unknown field",
        "{\"name\":\"x\",\"type\":\"oidc\",\"config\":{\"issuer\":\"https://a\",\"clientId\":\"c\","
            + "\"thumbprints\":[\"zz\"]}}|providers[0].config.thumbprints[0]"
            + "|must be a SHA-1 thumbprint, 40 hexadecimal digits",
        "{\"name\":\"x\",\"type\":\"oidc\",\"config\":{\"issuer\":\"https://a\",\"clientId\":\"c\","
            + "\"tlsCaCert\":\"relative.pem\"}}|providers[0].config.tlsCaCert"
            + "|must be the absolute path of a readable file",
        "{\"name\":\"x\",\"type\":\"oidc\",\"config\":{\"issuer\":\"https://a\",\"clientId\":\"c\"},"
            + "\"roleMapping\":{\"rules\":[{\"claim\":\"g\",\"value\":\"v\",\"role\":\"r\",\"condition\":\"x\"}]}}|providers[0].roleMapping.rules[0].condition|conditions"
            + " are not supported; write them into the trust policy",
        "{\"name\":\"x\",\"type\":\"ldap\",\"config\":{\"server\":\"http://h\",\"baseDN\":\"d\"}}"
            + "|providers[0].config.server|must be ldap://host:port or ldaps://host:port",
        "{\"name\":\"x\",\"type\":\"ldap\",\"config\":{\"server\":\"ldaps://h\",\"baseDN\":\"d\","
            + "\"userFilter\":\"(cn=x)\"}}|providers[0].config"
            + "|userFilter must contain %s, where the name goes",
        "{\"name\":\"x\",\"type\":\"saml\",\"config\":{}}|providers[0].config"
            + "|needs either metadata or metadataFile",
        "{\"name\":\"x\",\"type\":\"saml\",\"config\":{\"metadata\":\"<a/>\"}}"
            + "|providers[0].config.metadata|the metadata must be an EntityDescriptor"
      })
  void one_wrong_thing_is_one_problem(String provider, String path, String message) {
    assertThat(ConfigText.problems("{\"providers\":[" + provider + "]}"))
        .extracting(ConfigProblem::path, ConfigProblem::message)
        .containsExactly(tuple(path, message));
  }

  @Test
  void the_example_of_the_documentation_loads() {
    Path example = Path.of("docs/examples/federation.json");
    IamConfig config = IamConfig.load(List.of(example), Map.of("LDAP_PASSWORD", "x"));
    assertThat(config.warnings()).isEmpty();
    assertThat(config.snapshot().sts().federation().oidc()).hasSize(1);
    assertThat(config.snapshot().sts().federation().ldap()).hasSize(1);
  }

  @Test
  void what_is_dangerous_is_warned_about() {
    assertThat(
            ConfigText.load(
                    """
                    {"providers":[{"name":"x","type":"oidc","config":{
                       "issuer":"http://a","clientId":"c","tlsInsecureSkipVerify":true,
                       "policyClaim":"p","userInfoUri":"https://a/u"}},
                      {"name":"y","type":"ldap","config":{"server":"ldap://h","baseDN":"d"}}]}
                    """)
                .warnings())
        .hasSize(5)
        .anyMatch(warning -> warning.contains("allowHttp"))
        .anyMatch(warning -> warning.contains("tlsInsecureSkipVerify"))
        .anyMatch(warning -> warning.contains("in the clear"));
  }

  @Test
  void addresses_for_outbound_requests_are_checked() {
    assertThat(
            load("{\"sts\":{\"outboundAddresses\":[\"10.0.0.0/8\",\"::1\"]}}").outboundAddresses())
        .containsExactly("10.0.0.0/8", "::1");
    assertThat(ConfigText.problems("{\"sts\":{\"outboundAddresses\":[\"kc.example\"]}}"))
        .hasSize(1);
  }
}
