package dev.lakebed.iam.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.operation.Protocol.Kind;
import dev.lakebed.support.Evidence;
import dev.lakebed.support.Registries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For every action of IAM: all rights of IAM but the one for the action do not open it, that one
 * right does, a session policy takes it away, and a parameter that it does not declare is refused.
 */
class ActionMatrixTest {
  private static final ActionTable TABLE = ActionTable.built();
  private static final String POLICY =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",%s,\"Resource\":\"*\"}]}";

  /** Values that every action takes so far as to ask for permission. They name nobody. */
  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("UserName", "nobody"),
          Map.entry("GroupName", "nobody"),
          Map.entry("RoleName", "nobody"),
          Map.entry("PolicyName", "nobody"),
          Map.entry("InstanceProfileName", "nobody"),
          Map.entry("Name", "nobody"),
          Map.entry("Url", "https://nobody.example"),
          Map.entry("PolicyArn", "arn:aws:iam::aws:policy/Nobody"),
          Map.entry("SAMLProviderArn", "arn:aws:iam::000000000000:saml-provider/nobody"),
          Map.entry(
              "OpenIDConnectProviderArn", "arn:aws:iam::000000000000:oidc-provider/nobody.example"),
          Map.entry("AccessKeyId", "AKIANOBODYNOBODYNOBO"),
          Map.entry("Status", "Inactive"),
          Map.entry("VersionId", "v9"),
          Map.entry("PolicyDocument", POLICY.formatted("\"Action\":\"s3:*\"")),
          Map.entry("AssumeRolePolicyDocument", IamServer.TRUST),
          Map.entry("Description", "nobody"),
          Map.entry("PermissionsBoundary", "arn:aws:iam::aws:policy/Nobody"),
          Map.entry("SAMLMetadataDocument", "nobody".repeat(200)),
          Map.entry("ClientID", "nobody"),
          Map.entry("ThumbprintList.member.1", "0".repeat(40)),
          Map.entry("AccountAlias", "nobody"),
          Map.entry("OldPassword", "nobody"),
          Map.entry("NewPassword", "nobody"),
          Map.entry("JobId", "00000000-0000-0000-0000-000000000000"),
          Map.entry("ActionNames.member.1", "s3:GetObject"),
          Map.entry("PolicyInputList.member.1", POLICY.formatted("\"Action\":\"s3:*\"")),
          Map.entry("ServiceNamespace", "s3"),
          Map.entry("ServiceNamespaces.member.1", "s3"),
          Map.entry("Tags.member.1.Key", "nobody"),
          Map.entry("Tags.member.1.Value", "nobody"),
          Map.entry("TagKeys.member.1", "nobody"));

  private static IamServer server;
  private static Keys user;
  private static Keys whole;
  private static Keys narrowed;

  @BeforeAll
  static void start() {
    server = IamServer.start();
    user = server.user("matrix");
    server
        .call("CreateRole", "RoleName", "matrix-all", "AssumeRolePolicyDocument", IamServer.TRUST)
        .requireOk();
    server
        .call(
            "PutRolePolicy",
            "RoleName",
            "matrix-all",
            "PolicyName",
            "p",
            "PolicyDocument",
            POLICY.formatted("\"Action\":\"*\""))
        .requireOk();
    whole = session();
    narrowed = session("Policy", POLICY.formatted("\"Action\":\"s3:*\""));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static List<String> actions() {
    return Registries.names(Kind.IAM, true).toList();
  }

  /** The parameter that a name on the wire belongs to. */
  private static String plain(String name) {
    return name.replaceFirst("[.].*", "");
  }

  private static Answer call(String action, String... more) {
    return call(server.key(user.access()), action, more);
  }

  private static Answer call(Keys caller, String action, String... more) {
    Set<String> declared =
        TABLE.find(action).map(found -> found.inputs().keySet()).orElse(Set.of());
    List<String> parameters = new ArrayList<>();
    VALUES.forEach(
        (name, value) -> {
          if (declared.contains(plain(name))) {
            parameters.add(name);
            parameters.add(
                value.startsWith("arn:aws:iam::0")
                    ? value.replace("000000000000", server.account)
                    : value);
          }
        });
    if (action.equals("ListPoliciesGrantingServiceAccess")
        || action.equals("GenerateServiceLastAccessedDetails")) {
      parameters.addAll(List.of("Arn", server.arn("user/nobody")));
    }
    if (action.endsWith("PrincipalPolicy")) {
      parameters.addAll(List.of("PolicySourceArn", server.arn("user/nobody")));
    }
    parameters.addAll(List.of(more));
    return server.call(caller, action, parameters.toArray(String[]::new));
  }

  private static void allow(String actions) {
    server
        .call(
            "PutUserPolicy",
            "UserName",
            "matrix",
            "PolicyName",
            "p",
            "PolicyDocument",
            POLICY.formatted(actions))
        .requireOk();
  }

  @ParameterizedTest
  @MethodSource("actions")
  @Evidence("attack-43")
  void every_other_right_does_not_open_an_action(String action) {
    assertThat(TABLE.find(action)).as("built").isPresent();
    allow("\"NotAction\":\"iam:" + action + "\"");
    assertThat(call(action).outcome()).isEqualTo("403 AccessDenied");
  }

  @ParameterizedTest
  @MethodSource("actions")
  @Evidence("attack-43")
  void its_own_right_opens_it(String action) {
    allow("\"Action\":\"iam:" + action + "\"");
    assertThat(call(action).element("Message")).doesNotContain("to perform: iam:" + action + " ");
  }

  /**
   * MinIO CVE-2025-62506, RustFS GHSA-xgr5: the session policy was not asked by IAM's own calls.
   */
  @ParameterizedTest
  @MethodSource("actions")
  @Evidence("attack-24")
  void a_session_narrowed_to_s3_opens_no_action(String action) {
    // A role has no password to change, whatever its rights.
    String refusal = action.equals("ChangePassword") ? "400 InvalidUserType" : "403 AccessDenied";
    assertThat(call(narrowed, action).outcome()).isEqualTo(refusal);
    assertThat(call(whole, action).outcome())
        .as("the same role without a session policy")
        .isNotEqualTo("403 AccessDenied");
  }

  private static Keys session(String... more) {
    List<String> parameters =
        new ArrayList<>(
            List.of("RoleArn", server.arn("role/matrix-all"), "RoleSessionName", "matrix"));
    parameters.addAll(List.of(more));
    return server.session(
        server
            .sts(server.key("ADMIN"), "AssumeRole", parameters.toArray(String[]::new))
            .requireOk());
  }

  @ParameterizedTest
  @MethodSource("actions")
  void a_parameter_that_it_does_not_declare_is_refused(String action) {
    allow("\"Action\":\"*\"");
    Optional<String> foreign =
        VALUES.keySet().stream()
            .filter(name -> !TABLE.find(action).orElseThrow().inputs().containsKey(plain(name)))
            .findFirst();
    assertThat(call(action, foreign.orElseThrow(), "nobody").outcome())
        .isEqualTo("400 ValidationError");
    assertThat(call(action, "X", "x").outcome()).isEqualTo("400 ValidationError");
  }
}
