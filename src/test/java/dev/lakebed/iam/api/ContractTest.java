package dev.lakebed.iam.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.support.Evidence;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers, errors, limits and pages of single actions. Expectations: the service model of IAM
 * 2010-05-08 (names, limits, modelled errors) and the quotas of the IAM user guide.
 */
class ContractTest {
  private static final String ALLOW =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
          + "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/${aws:username}/*\","
          + "\"Condition\":{\"StringEquals\":{\"aws:RequestedRegion\":\"x\"}}}]}";
  private static final String S3_FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess";

  private final IamServer server = IamServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void pages_of_every_size_show_each_user_once_in_order() {
    for (int i = 0; i < 7; i++) {
      server.call("CreateUser", "UserName", "u" + i, "Path", "/team/").requireOk();
    }
    for (int size : new int[] {1, 3, 100}) {
      List<String> seen = new ArrayList<>();
      Answer page = server.call("ListUsers", "MaxItems", String.valueOf(size)).requireOk();
      seen.addAll(page.elements("UserName"));
      while (page.element("IsTruncated").equals("true")) {
        assertThat(page.elements("UserName")).hasSize(size);
        page =
            server.call(
                "ListUsers", "MaxItems", String.valueOf(size), "Marker", page.element("Marker"));
        seen.addAll(page.requireOk().elements("UserName"));
      }
      assertThat(seen)
          .containsExactly("reader", "root-admin", "u0", "u1", "u2", "u3", "u4", "u5", "u6");
    }
    assertThat(server.call("ListUsers", "PathPrefix", "/team/").elements("UserName")).hasSize(7);
    assertThat(server.call("ListUsers", "Marker", "?").outcome()).isEqualTo("400 ValidationError");
    assertThat(server.call("ListUsers", "MaxItems", "0").outcome())
        .isEqualTo("400 ValidationError");
  }

  @Test
  void identities_of_the_configuration_are_shown_marked_and_not_changeable() {
    Answer user = server.call("GetUser", "UserName", "reader").requireOk();
    assertThat(user.element("Key")).isEqualTo("lakebed:source");
    assertThat(user.element("Value")).isEqualTo("configuration");
    assertThat(server.call("ListAttachedUserPolicies", "UserName", "reader").elements("PolicyArn"))
        .containsExactly(server.arn("policy/Reading"));
    assertThat(server.call("ListAccessKeys", "UserName", "reader").elements("AccessKeyId"))
        .containsExactly("READER");
    assertThat(server.call("ListRoles").elements("RoleName")).containsExactly("FileRole");
    assertThat(server.call("CreateUser", "UserName", "READER").outcome())
        .isEqualTo("409 EntityAlreadyExists");
    for (String action : new String[] {"DeleteUser", "CreateAccessKey"}) {
      assertThat(server.call(action, "UserName", "reader").outcome())
          .isEqualTo("400 UnmodifiableEntity");
    }
    assertThat(server.call("DeleteRole", "RoleName", "FileRole").outcome())
        .isEqualTo("400 UnmodifiableEntity");
    assertThat(server.call("DeletePolicy", "PolicyArn", S3_FULL).outcome())
        .isEqualTo("400 UnmodifiableEntity");
    assertThat(
            server.call("AttachUserPolicy", "UserName", "reader", "PolicyArn", S3_FULL).outcome())
        .isEqualTo("400 UnmodifiableEntity");
  }

  @Test
  void providers_of_the_configuration_are_shown_marked_and_not_changeable() {
    String arn = server.arn("oidc-provider/idp.example/lake");
    String[] named = {"OpenIDConnectProviderArn", arn};
    assertThat(server.call("ListOpenIDConnectProviders").elements("Arn")).containsExactly(arn);
    Answer shown = server.call("GetOpenIDConnectProvider", named).requireOk();
    assertThat(shown.element("Url")).isEqualTo("idp.example/lake");
    assertThat(shown.element("member")).isEqualTo("a");
    assertThat(shown.element("CreateDate")).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(shown.element("Key")).isEqualTo("lakebed:source");
    assertThat(shown.element("Value")).isEqualTo("configuration");
    assertThat(server.call("DeleteOpenIDConnectProvider", named).outcome())
        .isEqualTo("400 UnmodifiableEntity");
    for (String action : List.of("AddClientIDTo", "RemoveClientIDFrom")) {
      String[] changed = {named[0], arn, "ClientID", "a"};
      assertThat(server.call(action + "OpenIDConnectProvider", changed).outcome())
          .isEqualTo("400 UnmodifiableEntity");
    }
    String[] print = {named[0], arn, "ThumbprintList.member.1", "a".repeat(40)};
    assertThat(server.call("UpdateOpenIDConnectProviderThumbprint", print).outcome())
        .isEqualTo("400 UnmodifiableEntity");
    assertThat(server.call("GetAccountSummary").text())
        .contains("<entry><key>Providers</key><value>1</value></entry>");
  }

  @Test
  void read_only_refuses_every_change_and_no_look() {
    try (IamServer fixed = IamServer.start(true)) {
      assertThat(fixed.call("CreateUser", "UserName", "u").outcome()).isEqualTo("403 AccessDenied");
      assertThat(fixed.call("GetUser", "UserName", "reader").outcome()).isEqualTo("ok");
      assertThat(fixed.call("ListPolicies").outcome()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CreateVirtualMFADevice, 501 NotImplemented",
    "CreateServiceLinkedRole, 501 NotImplemented",
    "Nonsense, 400 InvalidAction",
    "GetAccountPasswordPolicy, 404 NoSuchEntity"
  })
  void actions_that_are_not_built_are_told_from_those_that_do_not_exist(
      String action, String outcome) {
    assertThat(server.call(action).outcome()).isEqualTo(outcome);
  }

  /** Terraform's provider asks for all of them before it deletes a user by force. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ListMFADevices",
        "ListSSHPublicKeys",
        "ListSigningCertificates",
        "ListServiceSpecificCredentials"
      })
  void lists_of_what_a_user_cannot_have_are_empty(String action) {
    Answer none = server.call(action, "UserName", "reader").requireOk();
    assertThat(none.element("IsTruncated")).isEqualTo("false");
    assertThat(none.elements("member")).isEmpty();
    assertThat(server.call(action, "UserName", "absent").outcome()).isEqualTo("404 NoSuchEntity");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ünder", "a/b", "x'; drop table iam_entity; --"})
  @Evidence("attack-77")
  void names_that_are_none_are_refused(String name) {
    assertThat(server.call("CreateUser", "UserName", name).outcome())
        .isEqualTo("400 ValidationError");
  }

  @Test
  void names_are_unique_without_case_and_keep_their_case() {
    server.call("CreateUser", "UserName", "Anna").requireOk();
    assertThat(server.call("CreateUser", "UserName", "ANNA").outcome())
        .isEqualTo("409 EntityAlreadyExists");
    assertThat(server.call("GetUser", "UserName", "anna").element("UserName")).isEqualTo("Anna");
    assertThat(server.call("CreateUser", "UserName", "x", "UserNam", "y").outcome())
        .isEqualTo("400 ValidationError");
  }

  @Test
  void malformed_policy_is_refused_with_its_place() {
    Answer refused =
        server.call(
            "CreatePolicy",
            "PolicyName",
            "p",
            "PolicyDocument",
            "{\"Version\":\"2012-10-17\",\n\"Statement\":[{\"Effect\":\"Alow\"}]}");
    assertThat(refused.outcome()).isEqualTo("400 MalformedPolicyDocument");
    assertThat(refused.element("Message")).contains("line 2").contains("column");
    assertThat(
            server.call("CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", ALLOW).outcome())
        .isEqualTo("400 MalformedPolicyDocument");
    String large = ALLOW.replace("/*", "/" + "k".repeat(6200) + "*");
    assertThat(server.call("CreatePolicy", "PolicyName", "p", "PolicyDocument", large).outcome())
        .isEqualTo("409 LimitExceeded");
    server.call("CreateUser", "UserName", "u").requireOk();
    assertThat(
            server
                .call(
                    "PutUserPolicy",
                    "UserName",
                    "u",
                    "PolicyName",
                    "p",
                    "PolicyDocument",
                    ALLOW.replace("/*", "/" + "k".repeat(2048) + "*"))
                .outcome())
        .isEqualTo("409 LimitExceeded");
  }

  @Test
  @Evidence("rule-79")
  void policy_has_five_versions_and_one_of_them_in_force() {
    String arn =
        server.call("CreatePolicy", "PolicyName", "p", "PolicyDocument", ALLOW).element("Arn");
    for (int i = 2; i <= 5; i++) {
      assertThat(
              server
                  .call("CreatePolicyVersion", "PolicyArn", arn, "PolicyDocument", ALLOW)
                  .element("VersionId"))
          .isEqualTo("v" + i);
    }
    assertThat(
            server.call("CreatePolicyVersion", "PolicyArn", arn, "PolicyDocument", ALLOW).outcome())
        .isEqualTo("409 LimitExceeded");
    server.call("SetDefaultPolicyVersion", "PolicyArn", arn, "VersionId", "v3").requireOk();
    assertThat(server.call("GetPolicy", "PolicyArn", arn).element("DefaultVersionId"))
        .isEqualTo("v3");
    assertThat(server.call("DeletePolicyVersion", "PolicyArn", arn, "VersionId", "v3").outcome())
        .isEqualTo("409 DeleteConflict");
    assertThat(server.call("ListPolicyVersions", "PolicyArn", arn).elements("VersionId"))
        .containsExactly("v5", "v4", "v3", "v2", "v1");
    assertThat(server.call("DeletePolicy", "PolicyArn", arn).outcome())
        .isEqualTo("409 DeleteConflict");
    for (String version : List.of("v1", "v2", "v4", "v5")) {
      server.call("DeletePolicyVersion", "PolicyArn", arn, "VersionId", version).requireOk();
    }
    assertThat(
            server
                .call("GetPolicyVersion", "PolicyArn", arn, "VersionId", "v3")
                .element("Document"))
        .contains("%24%7Baws%3Ausername%7D%2F%2A");
    server.call("DeletePolicy", "PolicyArn", arn).requireOk();
  }

  @Test
  void tags_and_renaming() {
    server.call("CreateUser", "UserName", "u").requireOk();
    tag("Team", "red").requireOk();
    tag("team", "blue").requireOk();
    assertThat(server.call("ListUserTags", "UserName", "u").elements("Value"))
        .containsExactly("blue");
    assertThat(tag("aws:x", "y").outcome()).isEqualTo("400 InvalidInput");
    server.call("UntagUser", "UserName", "u", "TagKeys.member.1", "TEAM").requireOk();
    assertThat(server.call("ListUserTags", "UserName", "u").elements("Key")).isEmpty();
    String id = server.call("GetUser", "UserName", "u").element("UserId");
    server.call("UpdateUser", "UserName", "u", "NewUserName", "v", "NewPath", "/team/").requireOk();
    Answer renamed = server.call("GetUser", "UserName", "v").requireOk();
    assertThat(renamed.element("Arn")).isEqualTo(server.arn("user/team/v"));
    assertThat(renamed.element("UserId")).isEqualTo(id);
    assertThat(server.call("GetUser", "UserName", "u").outcome()).isEqualTo("404 NoSuchEntity");
  }

  private Answer tag(String key, String value) {
    return server.call(
        "TagUser", "UserName", "u", "Tags.member.1.Key", key, "Tags.member.1.Value", value);
  }

  @Test
  void group_that_has_members_or_policies_is_not_deleted() {
    server.call("CreateUser", "UserName", "u").requireOk();
    server.call("CreateGroup", "GroupName", "g", "Path", "/x/").requireOk();
    server.call("AddUserToGroup", "GroupName", "g", "UserName", "u").requireOk();
    server.call("AddUserToGroup", "GroupName", "g", "UserName", "u").requireOk();
    assertThat(server.call("GetGroup", "GroupName", "g").elements("UserName")).containsExactly("u");
    assertThat(server.call("ListGroupsForUser", "UserName", "u").elements("Arn"))
        .containsExactly(server.arn("group/x/g"));
    assertThat(server.call("DeleteGroup", "GroupName", "g").outcome())
        .isEqualTo("409 DeleteConflict");
    assertThat(server.call("DeleteUser", "UserName", "u").outcome())
        .isEqualTo("409 DeleteConflict");
    server.call("RemoveUserFromGroup", "GroupName", "g", "UserName", "u").requireOk();
    assertThat(server.call("RemoveUserFromGroup", "GroupName", "g", "UserName", "u").outcome())
        .isEqualTo("404 NoSuchEntity");
    server.call("DeleteGroup", "GroupName", "g").requireOk();
    server.call("DeleteUser", "UserName", "u").requireOk();
  }

  @Test
  void policies_are_listed_with_their_uses() {
    server.call("CreateUser", "UserName", "u").requireOk();
    server.call("AttachUserPolicy", "UserName", "u", "PolicyArn", S3_FULL).requireOk();
    assertThat(server.call("ListPolicies", "Scope", "Local").elements("PolicyName"))
        .containsExactly("Reading");
    assertThat(server.call("ListPolicies", "Scope", "AWS").elements("PolicyName"))
        .contains("AdministratorAccess", "AmazonS3TablesFullAccess", "ReadOnlyAccess");
    assertThat(server.call("ListPolicies", "OnlyAttached", "true").elements("PolicyName"))
        .containsExactly("AmazonS3FullAccess", "Reading");
    Answer entities = server.call("ListEntitiesForPolicy", "PolicyArn", S3_FULL).requireOk();
    assertThat(entities.elements("UserName")).containsExactly("u");
    Answer reading =
        server.call("ListEntitiesForPolicy", "PolicyArn", server.arn("policy/Reading"));
    assertThat(reading.elements("RoleName")).containsExactly("FileRole");
    assertThat(server.call("DetachUserPolicy", "UserName", "u", "PolicyArn", S3_FULL).outcome())
        .isEqualTo("ok");
    assertThat(server.call("DetachUserPolicy", "UserName", "u", "PolicyArn", S3_FULL).outcome())
        .isEqualTo("404 NoSuchEntity");
  }

  @Test
  void account_shows_everything_once_in_pages() {
    server.call("CreateUser", "UserName", "u").requireOk();
    server.call("CreateGroup", "GroupName", "g").requireOk();
    server.call("CreatePolicy", "PolicyName", "p", "PolicyDocument", ALLOW).requireOk();
    List<String> seen = new ArrayList<>();
    String marker = "";
    do {
      Answer page =
          marker.isEmpty()
              ? server.call("GetAccountAuthorizationDetails", "MaxItems", "2")
              : server.call("GetAccountAuthorizationDetails", "MaxItems", "2", "Marker", marker);
      for (String name : List.of("UserName", "GroupName", "RoleName")) {
        seen.addAll(page.requireOk().elements(name));
      }
      marker = page.element("Marker");
    } while (!marker.isEmpty());
    assertThat(seen).containsExactly("reader", "root-admin", "u", "g", "FileRole");
    Answer policies =
        server.call("GetAccountAuthorizationDetails", "Filter.member.1", "LocalManagedPolicy");
    assertThat(policies.elements("PolicyName")).containsExactly("p", "Reading");
    Answer summary = server.call("GetAccountSummary").requireOk();
    assertThat(summary.text())
        .contains("<entry><key>Users</key><value>3</value></entry>")
        .contains("<entry><key>VersionsPerPolicyQuota</key><value>5</value></entry>");
  }

  @Test
  void oidc_and_saml_providers() {
    Answer made =
        server
            .call(
                "CreateOpenIDConnectProvider",
                "Url",
                "https://idp.example/realms/lake",
                "ClientIDList.member.1",
                "trino",
                "ThumbprintList.member.1",
                "A".repeat(40))
            .requireOk();
    String arn = made.element("OpenIDConnectProviderArn");
    assertThat(arn).isEqualTo(server.arn("oidc-provider/idp.example/realms/lake"));
    server
        .call(
            "AddClientIDToOpenIDConnectProvider",
            "OpenIDConnectProviderArn",
            arn,
            "ClientID",
            "spark")
        .requireOk();
    Answer shown =
        server.call("GetOpenIDConnectProvider", "OpenIDConnectProviderArn", arn).requireOk();
    assertThat(shown.element("Url")).isEqualTo("idp.example/realms/lake");
    assertThat(shown.elements("member")).containsExactly("trino", "spark", "a".repeat(40));
    for (String url : List.of("http://idp.example", "https://idp.example:8443", "https://x/?y")) {
      assertThat(server.call("CreateOpenIDConnectProvider", "Url", url).outcome())
          .isEqualTo("400 InvalidInput");
    }
    server.call("DeleteOpenIDConnectProvider", "OpenIDConnectProviderArn", arn).requireOk();
    assertThat(server.call("GetOpenIDConnectProvider", "OpenIDConnectProviderArn", arn).outcome())
        .isEqualTo("404 NoSuchEntity");
    String metadata =
        "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\"><!-- %s -->"
                .formatted("x".repeat(1000))
            + "</EntityDescriptor>";
    String saml =
        server
            .call("CreateSAMLProvider", "Name", "corp", "SAMLMetadataDocument", metadata)
            .requireOk()
            .element("SAMLProviderArn");
    assertThat(server.call("ListSAMLProviders").elements("Arn")).containsExactly(saml);
    assertThat(
            server
                .call(
                    "UpdateSAMLProvider",
                    "SAMLProviderArn",
                    saml,
                    "SAMLMetadataDocument",
                    "<!DOCTYPE x [<!ENTITY e \"e\">]>" + metadata)
                .outcome())
        .isEqualTo("400 InvalidInput");
  }

  @Test
  void simulation_names_the_policy_and_what_it_needs_to_know() {
    server.call("CreateUser", "UserName", "u").requireOk();
    server
        .call("PutUserPolicy", "UserName", "u", "PolicyName", "mine", "PolicyDocument", ALLOW)
        .requireOk();
    Answer unknown = simulate("aws:other", "x");
    assertThat(unknown.element("EvalDecision")).isEqualTo("implicitDeny");
    assertThat(unknown.elements("member")).contains("aws:username");
    Answer known = simulate("aws:username", "u");
    assertThat(known.elements("member")).contains("aws:RequestedRegion");
    Answer keys =
        server.call("GetContextKeysForPrincipalPolicy", "PolicySourceArn", server.arn("user/u"));
    assertThat(keys.requireOk().elements("member"))
        .containsExactly("aws:RequestedRegion", "aws:username");
    Answer custom =
        server.call(
            "SimulateCustomPolicy",
            "PolicyInputList.member.1",
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\","
                + "\"Resource\":\"*\"},{\"Effect\":\"Deny\",\"Action\":\"s3:DeleteObject\","
                + "\"Resource\":\"*\"}]}",
            "ActionNames.member.1",
            "s3:GetObject",
            "ActionNames.member.2",
            "s3:DeleteObject",
            "ActionNames.member.3",
            "iam:ListUsers");
    assertThat(custom.requireOk().elements("EvalDecision"))
        .containsExactly("allowed", "explicitDeny", "implicitDeny");
    assertThat(
            server
                .call(
                    "ListPoliciesGrantingServiceAccess",
                    "Arn",
                    server.arn("user/u"),
                    "ServiceNamespaces.member.1",
                    "s3")
                .element("PolicyName"))
        .isEqualTo("mine");
  }

  private Answer simulate(String key, String value) {
    return server
        .call(
            "SimulatePrincipalPolicy",
            "PolicySourceArn",
            server.arn("user/u"),
            "ActionNames.member.1",
            "s3:GetObject",
            "ResourceArns.member.1",
            "arn:aws:s3:::b/u/k",
            "ContextEntries.member.1.ContextKeyName",
            key,
            "ContextEntries.member.1.ContextKeyType",
            "string",
            "ContextEntries.member.1.ContextKeyValues.member.1",
            value)
        .requireOk();
  }

  @Test
  void passwords_follow_the_policy_and_never_come_back() {
    server.call("CreateUser", "UserName", "u").requireOk();
    server
        .call(
            "UpdateAccountPasswordPolicy", "MinimumPasswordLength", "12", "RequireNumbers", "true")
        .requireOk();
    assertThat(
            server
                .call("CreateLoginProfile", "UserName", "u", "Password", "onlyletters!")
                .outcome())
        .isEqualTo("400 PasswordPolicyViolation");
    Answer made = server.call("CreateLoginProfile", "UserName", "u", "Password", "letters-and-1");
    assertThat(made.requireOk().text()).doesNotContain("letters-and-1");
    assertThat(server.call("DeleteUser", "UserName", "u").outcome())
        .isEqualTo("409 DeleteConflict");
    assertThat(
            server
                .call("ChangePassword", "OldPassword", "letters-and-1", "NewPassword", "x")
                .outcome())
        .isEqualTo("404 NoSuchEntity");
    server.call("DeleteLoginProfile", "UserName", "u").requireOk();
    server.call("DeleteUser", "UserName", "u").requireOk();
  }

  @Test
  void alias_and_reports() {
    String alias = "lake-" + server.account;
    server.call("CreateAccountAlias", "AccountAlias", alias).requireOk();
    assertThat(server.call("ListAccountAliases").elements("member")).containsExactly(alias);
    server.call("DeleteAccountAlias", "AccountAlias", alias).requireOk();
    assertThat(server.call("ListAccountAliases").elements("member")).isEmpty();
    server.user("u");
    server.call("GenerateCredentialReport").requireOk();
    String report =
        new String(
            Base64.getDecoder().decode(server.call("GetCredentialReport").element("Content")),
            UTF_8);
    assertThat(report).contains("\nu," + server.arn("user/u") + ",").contains("\nreader,");
    String job =
        server
            .call("GenerateServiceLastAccessedDetails", "Arn", server.arn("user/u"))
            .requireOk()
            .element("JobId");
    assertThat(server.call("GetServiceLastAccessedDetails", "JobId", job).element("JobStatus"))
        .isEqualTo("COMPLETED");
    String key = server.call("ListAccessKeys", "UserName", "u").element("AccessKeyId");
    Answer unused = server.call("GetAccessKeyLastUsed", "AccessKeyId", key).requireOk();
    assertThat(unused.element("ServiceName")).isEqualTo("N/A");
  }
}
