package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each key of AssumeRole, as a trust policy sees it: aws-contracts 5.4, attack row 23. */
class StsConditionKeysTest {
  private static StsAnswer assume(String key, String value) {
    StsServer server =
        new StsServer(
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
    assertThat(assume(key, value).outcome()).isEqualTo("200");
    assertThat(assume(key, value + "x").outcome()).isEqualTo("403 AccessDenied");
  }
}
