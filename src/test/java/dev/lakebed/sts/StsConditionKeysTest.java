package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.ConditionKeys;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestServer;
import dev.lakebed.support.Evidence;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each key of AssumeRole, as a trust policy sees it, and of GetWebIdentityToken. Tags of roles:
 * {@code IamConditionKeysTest}.
 */
@Evidence({"attack-23", "contract-5.4"})
class StsConditionKeysTest {
  private static Answer assume(String key, String value) {
    TestServer server =
        TestServer.of(
            Worlds.world(
                """
                {"roleName":"Keyed","attachedPolicies":["Everything"],
                 "trustPolicy":{"Version":"2012-10-17","Statement":[
                   {"Effect":"Allow","Principal":"*",
                    "Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"],
                    "Condition":{"ForAnyValue:StringEquals":{"%s":"%s"}}}]}}
                """
                    .formatted(key, value),
                true));
    return server.assume(
        server.key("AKOTHER"),
        "RoleArn",
        Worlds.role("Keyed"),
        "RoleSessionName",
        "name",
        "ExternalId",
        "ext",
        "SourceIdentity",
        "alice",
        "DurationSeconds",
        "900",
        "Tags.member.1.Key",
        "Team",
        "Tags.member.1.Value",
        "red",
        "TransitiveTagKeys.member.1",
        "Team");
  }

  @ParameterizedTest
  @CsvSource({
    "sts:DurationSeconds, 900",
    "sts:ExternalId, ext",
    "sts:RoleSessionName, name",
    "sts:SourceIdentity, alice",
    "sts:TransitiveTagKeys, Team",
    "aws:RequestTag/team, red",
    "aws:TagKeys, Team",
    "aws:PrincipalArn, arn:aws:iam::000000000000:user/other"
  })
  void key_has_the_value_of_the_request(String key, String value) {
    assertThat(assume(key, value).outcome()).isEqualTo("ok");
    assertThat(assume(key, value + "x").outcome()).isEqualTo("403 AccessDenied");
  }

  private static Answer webToken(String key, String value) {
    String world =
        Worlds.world(
                """
                {"roleName":"Keyed","attachedPolicies":["Token"],
                 "trustPolicy":{"Version":"2012-10-17","Statement":[
                   {"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]}}
                """,
                true)
            .replace(
                "\"policies\":[",
                """
                "policies":[{"name":"Token","document":{"Version":"2012-10-17","Statement":[
                  {"Effect":"Allow","Action":"sts:*WebIdentityToken","Resource":"*",
                   "Condition":{"ForAnyValue:StringEquals":{"%s":"%s"}}}]}},
                """
                    .formatted(key, value))
            .replaceFirst("\\{", "{\"sts\":{\"issuer\":\"https://lake.example/-/oidc\"},");
    TestServer server = TestServer.of(world);
    return server.sts(
        server.session(
            server.assume(
                server.key("AKADMIN"), "RoleArn", Worlds.role("Keyed"), "RoleSessionName", "ab")),
        "GetWebIdentityToken",
        "Audience.member.1",
        "partner",
        "Audience.member.2",
        "friend",
        "SigningAlgorithm",
        "ES384",
        "DurationSeconds",
        "120",
        "Tags.member.1.Key",
        "Team",
        "Tags.member.1.Value",
        "red");
  }

  @ParameterizedTest
  @CsvSource({
    "sts:IdentityTokenAudience, friend",
    "sts:SigningAlgorithm, ES384",
    "sts:DurationSeconds, 120",
    "aws:RequestTag/team, red",
    "aws:TagKeys, Team"
  })
  void key_has_the_value_of_the_request_for_a_web_identity_token(String key, String value) {
    assertThat(webToken(key, value).outcome()).isEqualTo("ok");
    assertThat(webToken(key, value + "x").outcome()).isEqualTo("403 AccessDenied");
  }

  @Test
  void every_key_is_tested() {
    Set<String> tested =
        Set.of(
            "sts:DurationSeconds",
            "sts:ExternalId",
            "sts:IdentityTokenAudience",
            "sts:RoleSessionName",
            "sts:SigningAlgorithm",
            "sts:SourceIdentity",
            "sts:TransitiveTagKeys");
    assertThat(tested).containsExactlyInAnyOrderElementsOf(ConditionKeys.STS);
  }
}
