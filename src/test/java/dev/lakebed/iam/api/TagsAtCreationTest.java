package dev.lakebed.iam.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.operation.Protocol.Kind;
import dev.lakebed.support.Registries;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tags that a new entity is given take the right to tag it. Expectations: AWS, "Tagging IAM
 * resources"; openshift/installer#1073 has the refusal of AWS.
 */
class TagsAtCreationTest {
  private static final String ALLOW =
      "{\"Effect\":\"Allow\",\"Action\":\"iam:Create*\",\"Resource\":\"*\"}";
  private static final String DOCUMENT =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\","
          + "\"Resource\":\"*\"}]}";

  private final IamServer server = IamServer.start();
  private Keys maker;

  /** What makes something that can have tags, the resource that it makes, and its parameters. */
  record Creation(String noun, String resource, List<String> parameters) {}

  static List<Creation> creations() {
    return List.of(
        new Creation("User", "user/p/n", List.of("UserName", "n", "Path", "/p/")),
        new Creation(
            "Role",
            "role/p/n",
            List.of("RoleName", "n", "Path", "/p/", "AssumeRolePolicyDocument", IamServer.TRUST)),
        new Creation(
            "Policy",
            "policy/p/n",
            List.of("PolicyName", "n", "Path", "/p/", "PolicyDocument", DOCUMENT)),
        new Creation(
            "InstanceProfile",
            "instance-profile/p/n",
            List.of("InstanceProfileName", "n", "Path", "/p/")),
        new Creation(
            "OpenIDConnectProvider",
            "oidc-provider/n.example",
            List.of("Url", "https://n.example")),
        new Creation(
            "SAMLProvider",
            "saml-provider/n",
            List.of(
                "Name",
                "n",
                "SAMLMetadataDocument",
                "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"i\">"
                    + " ".repeat(1000)
                    + "</EntityDescriptor>")));
  }

  @BeforeEach
  void createMaker() {
    maker = server.user("maker");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void allow(String... statements) {
    server
        .call(
            "PutUserPolicy",
            "UserName",
            "maker",
            "PolicyName",
            "p",
            "PolicyDocument",
            "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}")
        .requireOk();
    maker = server.key(maker.access());
  }

  private Answer create(Creation creation, String... tag) {
    List<String> parameters = new ArrayList<>(creation.parameters());
    if (tag.length > 0) {
      parameters.addAll(List.of("Tags.member.1.Key", tag[0], "Tags.member.1.Value", tag[1]));
    }
    return server.call(maker, "Create" + creation.noun(), parameters.toArray(String[]::new));
  }

  @Test
  void every_action_that_gives_tags_to_something_new_is_tested() {
    ActionTable table = ActionTable.built();
    assertThat(
            Registries.names(Kind.IAM, true).toList().stream()
                .filter(name -> !name.startsWith("Tag"))
                .filter(name -> table.find(name).orElseThrow().inputs().containsKey("Tags")))
        .containsExactlyInAnyOrderElementsOf(
            creations().stream().map(creation -> "Create" + creation.noun()).toList());
  }

  @ParameterizedTest
  @MethodSource("creations")
  void tags_take_the_right_to_tag_what_is_made(Creation creation) {
    allow(ALLOW);
    Answer refused = create(creation, "team", "red");
    assertThat(refused.outcome()).isEqualTo("403 AccessDenied");
    assertThat(refused.element("Message"))
        .contains(
            "to perform: iam:Tag%s on resource: %s "
                .formatted(creation.noun(), server.arn(creation.resource())));
    allow(
        ALLOW,
        "{\"Effect\":\"Allow\",\"Action\":\"iam:Tag%s\",\"Resource\":\"%s\"}"
            .formatted(creation.noun(), server.arn(creation.resource())));
    assertThat(create(creation, "team", "red").outcome()).isEqualTo("ok");
  }

  @ParameterizedTest
  @MethodSource("creations")
  void a_deny_of_tagging_binds_and_nothing_is_made(Creation creation) {
    allow(
        "{\"Effect\":\"Allow\",\"Action\":\"iam:*\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Deny\",\"Action\":\"iam:Tag*\",\"Resource\":\"*\"}");
    assertThat(create(creation, "team", "red").outcome()).isEqualTo("403 AccessDenied");
    assertThat(create(creation).outcome()).as("without tags").isEqualTo("ok");
  }

  @ParameterizedTest
  @MethodSource("creations")
  void the_right_to_tag_may_depend_on_the_tags(Creation creation) {
    allow(
        ALLOW,
        """
        {"Effect":"Allow","Action":"iam:Tag*","Resource":"*","Condition":{
          "StringEquals":{"aws:RequestTag/team":"red"},
          "ForAllValues:StringEquals":{"aws:TagKeys":["team"]}}}
        """);
    assertThat(create(creation, "team", "blue").outcome()).isEqualTo("403 AccessDenied");
    assertThat(create(creation, "color", "red").outcome()).isEqualTo("403 AccessDenied");
    assertThat(create(creation, "team", "red").outcome()).isEqualTo("ok");
  }
}
