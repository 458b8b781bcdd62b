package dev.lakebed.iam.api;

import dev.lakebed.iam.api.AccessKeyActions.KeyFacts;
import dev.lakebed.iam.api.ActionTarget.ResourceType;
import dev.lakebed.iam.api.NewEntity.PolicyInput;
import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.ParameterLimits;
import dev.lakebed.operation.query.ParameterLimits.TrueOrFalse;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Accounts;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Alias and summary of the account. */
final class AccountActions {
  private static final Parameter ALIAS =
      Parameter.of("AccountAlias", 3, 63, "[a-z0-9](?:[a-z0-9]|-(?!-))*[a-z0-9]");

  private AccountActions() {}

  static void addTo(ActionTable table) {
    ActionTarget.Finder account = ActionTarget.ACCOUNT;
    table.change("CreateAccountAlias", account, AccountActions::create, ALIAS.required());
    table.change("DeleteAccountAlias", account, AccountActions::delete, ALIAS.required());
    table.list("ListAccountAliases", account, AccountActions::list);
    table.answer("GetAccountSummary", account, AccountSummary::answer);
    ParameterLimits filter = AuthorizationDetails.FILTER;
    table.list("GetAccountAuthorizationDetails", account, AuthorizationDetails::answer, filter);
  }

  /** An account has one alias; another takes its place. */
  private static void create(Inventory inventory, IamRequest x) {
    String alias = x.require(ALIAS);
    Accounts accounts = inventory.stored().accounts();
    NewEntity.refuse(
        !accounts.hasAlias(x.account(), alias) && accounts.aliasTaken(alias),
        QueryError.ENTITY_ALREADY_EXISTS,
        "The account alias %s already exists.".formatted(alias));
    accounts.alias(x.account(), alias);
  }

  private static void delete(Inventory inventory, IamRequest x) {
    String alias = x.require(ALIAS);
    if (!inventory.stored().accounts().hasAlias(x.account(), alias)) {
      throw QueryError.NO_SUCH_ENTITY.because(
          "The account alias %s cannot be found.".formatted(alias));
    }
    inventory.stored().accounts().alias(x.account(), "");
  }

  private static QueryXml.Content list(IamRequest x) {
    Optional<String> alias = x.read(inventory -> inventory.stored().accounts().alias(x.account()));
    return Paging.of(x.query()).texts("AccountAliases", alias.stream().toList());
  }

  static long count(Inventory inventory, Kind kind) {
    return inventory.configured().all(kind).count()
        + inventory.stored().entities().count(inventory.account(), kind);
  }

  /**
   * Lists of what nobody can have here, so always empty. Tools that take a user away ask for them
   * first: Terraform with {@code force_destroy}, and scripts that follow AWS's instructions.
   */
  static final class EmptyLists {
    private EmptyLists() {}

    static void addTo(ActionTable table) {
      ofUser(table, "MFADevices", "MFADevices");
      ofUser(table, "SSHPublicKeys", "SSHPublicKeys");
      ofUser(table, "SigningCertificates", "Certificates");
      ofUser(
          table,
          "ServiceSpecificCredentials",
          "ServiceSpecificCredentials",
          Parameter.any("ServiceName", 0, 1000),
          new TrueOrFalse("AllUsers"));
      table.list(
          "ListVirtualMFADevices",
          ActionTarget.ACCOUNT,
          x -> nothing(x, "VirtualMFADevices"),
          Parameter.oneOf("AssignmentStatus", "Assigned", "Unassigned", "Any"));
      table.list(
          "ListServerCertificates",
          ActionTarget.ACCOUNT,
          x -> nothing(x, "ServerCertificateMetadataList"),
          IamParameter.PATH_PREFIX);
      table.list(
          "ListDelegationRequests",
          ActionTarget.ACCOUNT,
          EmptyLists::delegations,
          Parameter.of("OwnerId", 20, 2048, "[a-zA-Z0-9:/+=,.@_-]+"));
    }

    /** The only list of IAM whose model writes isTruncated with a small letter. */
    private static QueryXml.Content delegations(IamRequest x) {
      Paging.of(x.query());
      return xml -> xml.texts("DelegationRequests", List.of()).text("isTruncated", "false");
    }

    private static void ofUser(
        ActionTable table, String noun, String list, ParameterLimits... others) {
      table
          .onUser(IamParameter.USER_NAME)
          .list("List" + noun, (inventory, user, x) -> nothing(x, list), others);
    }

    private static QueryXml.Content nothing(IamRequest x, String list) {
      return Paging.of(x.query()).texts(list, List.of());
    }
  }

  /** What has no limit here has the largest number as its quota. */
  static final class AccountSummary {
    private static final List<String> NONE =
        List.of(
            ("MFADevices MFADevicesInUse AccountMFAEnabled AccountPasswordPresent"
                    + " AccountSigningCertificatesPresent ServerCertificates"
                    + " ServerCertificatesQuota SigningCertificatesPerUserQuota")
                .split(" "));

    private AccountSummary() {}

    static QueryXml.Content answer(IamRequest x) {
      Map<String, Long> summary = x.read(AccountSummary::of);
      return xml -> xml.map("SummaryMap", summary);
    }

    private static Map<String, Long> of(Inventory inventory) {
      Map<String, Long> summary = new TreeMap<>();
      NONE.forEach(none -> summary.put(none, 0L));
      Stream<Entity> root = inventory.configured().all(Kind.ROOT);
      boolean rootKeys = root.anyMatch(user -> !KeyFacts.of(inventory, user).isEmpty());
      summary.put("AccountAccessKeysPresent", rootKeys ? 1L : 0L);
      counted(summary, inventory, "Users", Kind.USER);
      counted(summary, inventory, "Groups", Kind.GROUP);
      counted(summary, inventory, "Roles", Kind.ROLE);
      counted(summary, inventory, "Policies", Kind.POLICY);
      counted(summary, inventory, "InstanceProfiles", Kind.INSTANCE_PROFILE);
      summary.put(
          "Providers", count(inventory, Kind.OIDC_PROVIDER) + count(inventory, Kind.SAML_PROVIDER));
      summary.put("PolicyVersionsInUse", count(inventory, Kind.POLICY));
      summary.put("PolicyVersionsInUseQuota", (long) Integer.MAX_VALUE);
      summary.put("PolicySizeQuota", (long) PolicyInput.MANAGED);
      summary.put("VersionsPerPolicyQuota", (long) PolicyVersionActions.MOST);
      summary.put("AssumeRolePolicySizeQuota", (long) PolicyInput.TRUST);
      summary.put("AccessKeysPerUserQuota", (long) AccessKeyActions.MOST);
      summary.put("GroupsPerUserQuota", (long) GroupActions.GROUPS_PER_USER);
      summary.put("GlobalEndpointTokenVersion", 2L);
      for (ResourceType holder : InlinePolicyActions.HOLDERS) {
        summary.put("AttachedPoliciesPer" + holder.noun() + "Quota", (long) AttachmentActions.MOST);
        summary.put(holder.noun() + "PolicySizeQuota", (long) holder.inlineQuota());
      }
      return summary;
    }

    private static void counted(
        Map<String, Long> summary, Inventory inventory, String name, Kind kind) {
      summary.put(name, count(inventory, kind));
      summary.put(name + "Quota", (long) Integer.MAX_VALUE);
    }
  }
}
