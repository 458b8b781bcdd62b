package dev.lakebed.iam.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.support.CapturedLog;
import dev.lakebed.support.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * SimulateCustomPolicy and SimulatePrincipalPolicy: AWS, IAM API reference, the two pages with
 * their samples, EvaluationResult, ResourceSpecificResult and ContextEntry.
 */
class SimulationTest {
  private static final String OBJECT = "arn:aws:s3:::b/k";
  private final IamServer server = IamServer.start();

  @BeforeEach
  void makeAlice() {
    server.call("CreateUser", "UserName", "alice").requireOk();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String document(String... statements) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
  }

  private static String statement(String effect, String action) {
    return "{\"Effect\":\"%s\",\"Action\":\"%s\",\"Resource\":\"*\"}".formatted(effect, action);
  }

  private static String granting(String principal, String resource) {
    return document(
        "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"%s\"},\"Action\":\"s3:*\",\"Resource\":\"%s\"}"
            .formatted(principal, resource));
  }

  private void put(String kind, String holder, String policy, String document) {
    server
        .call(
            "Put" + kind + "Policy",
            kind + "Name",
            holder,
            "PolicyName",
            policy,
            "PolicyDocument",
            document)
        .requireOk();
  }

  private Answer principal(String resource, String... more) {
    return simulate("SimulatePrincipalPolicy", "PolicySourceArn", server.arn(resource), more);
  }

  private Answer custom(String document, String... more) {
    return simulate("SimulateCustomPolicy", "PolicyInputList.member.1", document, more);
  }

  private Answer simulate(String operation, String name, String value, String... more) {
    List<String> parameters = new ArrayList<>(List.of(name, value));
    if (!List.of(more).contains("ActionNames.member.1")) {
      parameters.addAll(List.of("ActionNames.member.1", "s3:GetObject"));
    }
    parameters.addAll(List.of(more));
    return server.call(operation, parameters.toArray(String[]::new));
  }

  /** What stands inside the first such element. */
  private static String inside(Answer answer, String element) {
    int from = answer.text().indexOf("<" + element + ">");
    return from < 0
        ? ""
        : answer.text().substring(from, answer.text().indexOf("</" + element + ">", from));
  }

  @Test
  void every_matching_statement_is_named_with_its_source_as_AWS_names_it() {
    server.call("CreateGroup", "GroupName", "devs").requireOk();
    server.call("AddUserToGroup", "GroupName", "devs", "UserName", "alice").requireOk();
    put("User", "alice", "own", document(statement("Allow", "s3:Get*"), statement("Allow", "*")));
    put("Group", "devs", "shared", document(statement("Allow", "s3:GetObject")));
    String managed =
        server
            .call(
                "CreatePolicy",
                "PolicyName",
                "kept",
                "PolicyDocument",
                document(statement("Allow", "s3:*")))
            .requireOk()
            .element("Arn");
    for (String arn : List.of(managed, "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")) {
      server.call("AttachUserPolicy", "UserName", "alice", "PolicyArn", arn).requireOk();
    }
    Answer answer =
        principal(
                "user/alice",
                "PolicyInputList.member.1",
                document(statement("Deny", "iam:*"), statement("Allow", "s3:GetObject")))
            .requireOk();
    assertThat(answer.element("EvalDecision")).isEqualTo("allowed");
    assertThat(answer.elements("SourcePolicyId"))
        .containsExactlyInAnyOrder(
            "user_alice_own",
            "user_alice_own",
            "group_devs_shared",
            "kept",
            "AmazonS3ReadOnlyAccess",
            "PolicyInputList.1");
    assertThat(answer.elements("SourcePolicyType"))
        .containsExactlyInAnyOrder("user", "user", "group", "user-managed", "aws-managed", "none");
    assertThat(answer.elements("Line")).containsOnly("1");
    assertThat(inside(answer, "StartPosition")).contains("<Column>38</Column>");
    assertThat(answer.text())
        .as("all resources, one account")
        .doesNotContain("EvalDecisionDetails", "ResourceSpecificResults", "Organizations");
  }

  @Test
  void a_deny_names_the_deny_statements_only() {
    put("User", "alice", "own", document(statement("Allow", "*"), statement("Deny", "s3:Get*")));
    Answer answer =
        principal("user/alice", "PolicyInputList.member.1", document(statement("Deny", "*")))
            .requireOk();
    assertThat(answer.element("EvalDecision")).isEqualTo("explicitDeny");
    assertThat(answer.elements("SourcePolicyId"))
        .containsExactly("user_alice_own", "PolicyInputList.1");
  }

  @Test
  void the_boundary_is_reported_on_its_own() {
    String boundary = document(statement("Allow", "s3:*"));
    assertThat(
            custom(
                    document(statement("Allow", "iam:*")),
                    "PermissionsBoundaryPolicyInputList.member.1",
                    boundary)
                .requireOk()
                .elements("AllowedByPermissionsBoundary"))
        .as("denied by the identity side, and still allowed by the boundary")
        .containsExactly("true");
    Answer bounded =
        custom(
                document(statement("Allow", "*")),
                "PermissionsBoundaryPolicyInputList.member.1",
                document(statement("Deny", "s3:GetObject")))
            .requireOk();
    assertThat(bounded.elements("AllowedByPermissionsBoundary")).containsExactly("false");
    assertThat(bounded.element("EvalDecision")).isEqualTo("explicitDeny");
    assertThat(bounded.element("SourcePolicyId")).isEqualTo("PermissionsBoundaryPolicyInputList.1");
    assertThat(custom(document(statement("Allow", "*"))).requireOk().text())
        .doesNotContain("PermissionsBoundaryDecisionDetail");
    assertThat(
            custom(
                    boundary,
                    "PermissionsBoundaryPolicyInputList.member.1",
                    boundary,
                    "PermissionsBoundaryPolicyInputList.member.2",
                    boundary)
                .outcome())
        .isEqualTo("400 InvalidInput");
  }

  @Test
  void results_for_resources_carry_the_details_of_the_resource() {
    Answer answer =
        custom(
                document(
                    "{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\","
                        + "\"Condition\":{\"StringEquals\":{\"aws:username\":\"a\"}}}"),
                "ResourceArns.member.1",
                OBJECT)
            .requireOk();
    assertThat(answer.elements("EvalResourceName")).containsExactly(OBJECT, OBJECT);
    assertThat(answer.element("EvalResourceDecision")).isEqualTo("implicitDeny");
    assertThat(inside(answer, "ResourceSpecificResults"))
        .contains("<MissingContextValues><member>aws:username</member></MissingContextValues>");
    assertThat(answer.elements("member")).containsOnlyOnce("aws:username");
    assertThat(answer.text()).contains("<EvalDecisionDetails");
    assertThat(answer.text()).doesNotContain("<key>");
  }

  @Test
  void between_accounts_each_side_is_told_as_in_the_sample_of_the_api_reference() {
    Answer answer =
        principal(
                "user/alice",
                "ActionNames.member.1",
                "s3:PutObject",
                "ResourceArns.member.1",
                "arn:aws:s3:::mary/Test",
                "ResourceOwner",
                "arn:aws:iam::123456789012:root",
                "PermissionsBoundaryPolicyInputList.member.1",
                document(statement("Allow", "iam:*")),
                "ResourcePolicy",
                granting(server.arn("user/alice"), "arn:aws:s3:::mary/*"))
            .requireOk();
    assertThat(answer.element("EvalDecision")).isEqualTo("implicitDeny");
    assertThat(inside(answer, "EvalDecisionDetails"))
        .contains("<key>IAM Policy</key><value>implicitDeny</value>")
        .contains("<key>Resource Policy</key><value>allowed</value>")
        .contains("<key>Permissions Boundary Policy</key><value>implicitDeny</value>");
    assertThat(inside(answer, "ResourceSpecificResults"))
        .contains("<SourcePolicyId>ResourcePolicy</SourcePolicyId>")
        .contains("<SourcePolicyType>resource</SourcePolicyType>");
    assertThat(answer.elements("SourcePolicyId")).containsExactly("ResourcePolicy");
  }

  @Test
  void an_owner_in_the_arn_goes_before_ResourceOwner() {
    String table = "arn:aws:s3tables:us-east-1:%s:bucket/t";
    Answer answer =
        custom(
                document(statement("Allow", "s3tables:*")),
                "ActionNames.member.1",
                "s3tables:GetTableBucket",
                "ResourceArns.member.1",
                table.formatted(server.account),
                "ResourceArns.member.2",
                table.formatted("123456789012"),
                "ResourceOwner",
                "123456789012")
            .requireOk();
    assertThat(answer.elements("EvalDecision")).containsExactly("allowed", "implicitDeny");
  }

  @Test
  void identities_of_the_file_are_simulated_with_everything_they_have() {
    Answer admin = principal("user/root-admin").requireOk();
    assertThat(admin.element("EvalDecision")).isEqualTo("allowed");
    assertThat(admin.element("SourcePolicyId")).isEqualTo("actions of root-admin");
    assertThat(admin.element("SourcePolicyType")).isEqualTo("user");
    assertThat(admin.text()).as("nobody wrote that document").doesNotContain("StartPosition");
    Answer reader = principal("user/reader").requireOk();
    assertThat(reader.element("SourcePolicyId")).isEqualTo("Reading");
    assertThat(reader.element("SourcePolicyType")).isEqualTo("user-managed");
    assertThat(principal("role/FileRole").requireOk().element("EvalDecision")).isEqualTo("allowed");
  }

  @Test
  void unknown_actions_are_accepted_and_told_where_every_client_shows_it() {
    put("User", "alice", "own", document(statement("Allow", "s3:GetObejct")));
    Answer answer = principal("user/alice", "ActionNames.member.1", "s3:ListObjectsV2").requireOk();
    assertThat(answer.element("EvalDecision")).isEqualTo("implicitDeny");
    assertThat(answer.elements("key"))
        .containsExactly(
            "Unknown action s3:ListObjectsV2",
            "Unknown action s3:GetObejct in policy user_alice_own, statement #0");
    assertThat(answer.elements("value")).containsOnly("implicitDeny");
    assertThat(
            custom(document(statement("Allow", "glue:*")), "ActionNames.member.1", "ec2:RunIt")
                .requireOk()
                .elements("key"))
        .as("other services of AWS")
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "s3:*, 400 InvalidInput",
    "GetObject, 400 InvalidInput",
    "s3:Get Object, 400 InvalidInput",
    "s3, 400 ValidationError",
    "s3:GetObject, ok"
  })
  void action_names_are_checked_by_their_form(String action, String outcome) {
    assertThat(custom(document(statement("Allow", "*")), "ActionNames.member.1", action).outcome())
        .isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "string, anything, ok",
    "numeric, 12, ok",
    "numeric, twelve, 400 InvalidInput",
    "numericList, 12.5, ok",
    "boolean, TRUE, ok",
    "boolean, yes, 400 InvalidInput",
    "ip, 192.0.2.1, ok",
    "ip, 2001:db8::1, ok",
    "ip, localhost, 400 InvalidInput",
    "date, 2026-01-31T12:00:00Z, ok",
    "date, tomorrow, 400 InvalidInput",
    "dateList, 1700000000, ok",
    "binary, QUJD, ok",
    "binary, ***, 400 InvalidInput",
    "text, x, 400 ValidationError"
  })
  void values_of_context_keys_have_the_type_they_say(String type, String value, String outcome) {
    assertThat(context("aws:Key", type, value).outcome()).isEqualTo(outcome);
  }

  private Answer context(String key, String type, String... values) {
    List<String> parameters =
        new ArrayList<>(
            List.of(
                "ContextEntries.member.1.ContextKeyName", key,
                "ContextEntries.member.1.ContextKeyType", type));
    for (int i = 0; i < values.length; i++) {
      parameters.add("ContextEntries.member.1.ContextKeyValues.member." + (i + 1));
      parameters.add(values[i]);
    }
    return custom(document(statement("Allow", "*")), parameters.toArray(String[]::new));
  }

  @Test
  void lists_of_values_need_a_list_type_and_keys_a_name() {
    assertThat(context("aws:Key", "string", "a", "b").outcome()).isEqualTo("400 InvalidInput");
    assertThat(context("aws:Key", "stringList", "a", "b").outcome()).isEqualTo("ok");
    assertThat(context("aws:Key", "string").outcome()).isEqualTo("400 InvalidInput");
    assertThat(context("a:b", "string", "x").outcome()).isEqualTo("400 ValidationError");
    assertThat(context("nocolon", "string", "x").outcome()).isEqualTo("400 ValidationError");
  }

  @Test
  void a_resource_policy_needs_a_caller_who_is_a_user() {
    String all = document(statement("Allow", "iam:*"));
    String policy = granting(server.arn("user/alice"), OBJECT);
    String[] with = {"ResourcePolicy", policy, "ResourceArns.member.1", OBJECT};
    assertThat(custom(all, with).outcome()).isEqualTo("400 InvalidInput");
    assertThat(principal("role/FileRole", with).outcome()).isEqualTo("400 InvalidInput");
    assertThat(principal("user/alice", with).requireOk().element("EvalDecision"))
        .as("the user itself is the caller")
        .isEqualTo("allowed");
    assertThat(
            custom(all, called(server.arn("user/alice"), with)).requireOk().element("EvalDecision"))
        .isEqualTo("allowed");
    assertThat(
            custom(all, called(server.arn("user/bob"), with)).requireOk().element("EvalDecision"))
        .isEqualTo("implicitDeny");
    assertThat(custom(all, called(server.arn("role/FileRole"), with)).outcome())
        .isEqualTo("400 InvalidInput");
  }

  private static String[] called(String arn, String... others) {
    List<String> all = new ArrayList<>(List.of(others));
    all.addAll(List.of("CallerArn", arn));
    return all.toArray(String[]::new);
  }

  @Test
  void a_resource_policy_must_be_about_the_resources_and_not_about_roles() {
    String all = document(statement("Allow", "*"));
    String caller = server.arn("user/alice");
    assertThat(
            custom(
                    all,
                    called(
                        caller,
                        "ResourcePolicy",
                        granting(caller, "arn:aws:s3:::other/*"),
                        "ResourceArns.member.1",
                        OBJECT))
                .outcome())
        .isEqualTo("400 InvalidInput");
    assertThat(
            custom(
                    all,
                    called(
                        caller,
                        "ResourcePolicy",
                        granting(caller, "*"),
                        "ResourceArns.member.1",
                        server.arn("role/FileRole")))
                .outcome())
        .isEqualTo("400 InvalidInput");
  }

  @Test
  void what_cannot_be_simulated_is_refused() {
    String all = document(statement("Allow", "*"));
    assertThat(custom(all, "ResourceHandlingOption", "EC2-VPC-EBS").outcome())
        .isEqualTo("400 InvalidInput");
    assertThat(custom(all, "ResourceOwner", "somebody").outcome()).isEqualTo("400 InvalidInput");
    assertThat(custom("{\"Statement\":[]}").outcome()).isEqualTo("400 InvalidInput");
    assertThat(custom("{\"Statement\":[]}").element("Message")).contains("line 1", "column");
    assertThat(
            server.call("SimulateCustomPolicy", "ActionNames.member.1", "s3:GetObject").outcome())
        .isEqualTo("400 ValidationError");
    assertThat(server.call("GetContextKeysForCustomPolicy").outcome())
        .isEqualTo("400 ValidationError");
  }

  @Test
  void context_keys_of_a_principal_include_those_of_its_groups_and_of_further_documents() {
    server.call("CreateGroup", "GroupName", "devs").requireOk();
    server.call("AddUserToGroup", "GroupName", "devs", "UserName", "alice").requireOk();
    put(
        "Group",
        "devs",
        "shared",
        document(
            "{\"Effect\":\"Allow\",\"Action\":\"s3:*\","
                + "\"Resource\":\"arn:aws:s3:::b/${aws:username}\"}"));
    Answer answer =
        server
            .call(
                "GetContextKeysForPrincipalPolicy",
                "PolicySourceArn",
                server.arn("user/alice"),
                "PolicyInputList.member.1",
                document(
                    "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\","
                        + "\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"x\"}}}"))
            .requireOk();
    assertThat(answer.elements("member")).containsExactly("aws:username", "sts:ExternalId");
  }

  @Test
  @Evidence("attack-22")
  void every_write_warns_once_of_an_unknown_action_and_of_an_open_role() {
    String typo = document(statement("Allow", "s3:GetObejct"), statement("Allow", "ec2:Any"));
    server.call("CreateGroup", "GroupName", "devs").requireOk();
    try (CapturedLog log = new CapturedLog("dev.lakebed.policies")) {
      put("User", "alice", "own", typo);
      put("Group", "devs", "shared", typo);
      String arn =
          server
              .call("CreatePolicy", "PolicyName", "kept", "PolicyDocument", typo)
              .requireOk()
              .element("Arn");
      server.call("CreatePolicyVersion", "PolicyArn", arn, "PolicyDocument", typo).requireOk();
      server
          .call(
              "CreateRole",
              "RoleName",
              "R",
              "AssumeRolePolicyDocument",
              IamServer.TRUST.replace("sts:AssumeRole", "sts:AssumeRoles"))
          .requireOk();
      assertThat(
              server
                  .call(
                      "PutUserPolicy",
                      "UserName",
                      "nobody",
                      "PolicyName",
                      "own",
                      "PolicyDocument",
                      typo)
                  .outcome())
          .isEqualTo("404 NoSuchEntity");
      assertThat(log.lines().stream().filter(line -> line.contains(server.account)))
          .containsExactly(
              warning("user/alice", "user_alice_own", "s3:GetObejct"),
              warning("group/devs", "group_devs_shared", "s3:GetObejct"),
              warning("policy/kept", "kept", "s3:GetObejct"),
              warning("policy/kept", "kept", "s3:GetObejct"),
              warning("role/R", "trust policy of R", "sts:AssumeRoles"),
              "WARNING accepted for %s: anybody with credentials for this server may assume this role: Principal \"*\" without Condition; name the users or demand sts:ExternalId"
                  .formatted(server.arn("role/R")));
    }
  }

  private String warning(String resource, String policy, String action) {
    return "WARNING accepted for %s: policy %s, statement #0: there is no action %s"
        .formatted(server.arn(resource), policy, action);
  }

  @Test
  void refusals_by_rules_of_the_server_have_a_decision_id() {
    try (IamServer readOnly = IamServer.start(true)) {
      Answer refused = readOnly.call("CreateUser", "UserName", "x");
      assertThat(refused.outcome()).isEqualTo("403 AccessDenied");
      assertThat(refused.element("DecisionId")).matches("[0-9A-F]{16}");
      assertThat(refused.element("Message")).contains("LAKEBED_IAM_READ_ONLY=false");
      assertThat(readOnly.call("ListUsers").outcome()).isEqualTo("ok");
    }
    server
        .call(
            "AttachUserPolicy",
            "UserName",
            "alice",
            "PolicyArn",
            "arn:aws:iam::aws:policy/AdministratorAccess")
        .requireOk();
    String key = server.call("CreateAccessKey", "UserName", "alice").element("AccessKeyId");
    var federated =
        server.session(
            server
                .sts(
                    server.key(key),
                    "GetFederationToken",
                    "Name",
                    "fed",
                    "Policy",
                    document(statement("Allow", "*")))
                .requireOk());
    for (Answer refused :
        List.of(
            server.call(federated, "ListUsers"),
            server.sts(
                federated,
                "AssumeRole",
                "RoleArn",
                server.arn("role/FileRole"),
                "RoleSessionName",
                "x1"),
            server.sts(federated, "GetSessionToken"))) {
      assertThat(refused.outcome()).isEqualTo("403 AccessDenied");
      assertThat(refused.element("DecisionId")).matches("[0-9A-F]{16}");
    }
  }
}
