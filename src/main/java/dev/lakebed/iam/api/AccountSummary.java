package dev.lakebed.iam.api;

import dev.lakebed.storage.metadata.iam.Kind;
import java.util.Map;
import java.util.TreeMap;

/** The numbers of GetAccountSummary. What has no limit here has the largest number as its quota. */
final class AccountSummary {
  private AccountSummary() {}

  static Map<String, Long> of(Inventory inventory) {
    Map<String, Long> summary = new TreeMap<>();
    for (String none :
        new String[] {
          "MFADevices",
          "MFADevicesInUse",
          "AccountMFAEnabled",
          "AccountPasswordPresent",
          "AccountSigningCertificatesPresent",
          "ServerCertificates",
          "ServerCertificatesQuota",
          "SigningCertificatesPerUserQuota"
        }) {
      summary.put(none, 0L);
    }
    boolean rootKeys =
        inventory
            .configured()
            .all(Kind.ROOT)
            .anyMatch(root -> !KeyFacts.of(inventory, root).isEmpty());
    summary.put("AccountAccessKeysPresent", rootKeys ? 1L : 0L);
    counted(summary, inventory, "Users", Kind.USER);
    counted(summary, inventory, "Groups", Kind.GROUP);
    counted(summary, inventory, "Roles", Kind.ROLE);
    counted(summary, inventory, "Policies", Kind.POLICY);
    counted(summary, inventory, "InstanceProfiles", Kind.INSTANCE_PROFILE);
    summary.put(
        "Providers",
        AccountActions.count(inventory, Kind.OIDC_PROVIDER)
            + AccountActions.count(inventory, Kind.SAML_PROVIDER));
    summary.put("PolicyVersionsInUse", AccountActions.count(inventory, Kind.POLICY));
    summary.put("PolicyVersionsInUseQuota", (long) Integer.MAX_VALUE);
    summary.put("PolicySizeQuota", (long) Documents.MANAGED);
    summary.put("VersionsPerPolicyQuota", (long) PolicyVersionActions.MOST);
    summary.put("AssumeRolePolicySizeQuota", (long) Documents.TRUST);
    summary.put("AccessKeysPerUserQuota", (long) AccessKeyActions.MOST);
    summary.put("GroupsPerUserQuota", (long) GroupActions.GROUPS_PER_USER);
    summary.put("GlobalEndpointTokenVersion", 2L);
    for (Holder holder : new Holder[] {Holder.USER, Holder.GROUP, Holder.ROLE}) {
      summary.put("AttachedPoliciesPer" + holder.noun() + "Quota", (long) AttachmentActions.MOST);
      summary.put(holder.noun() + "PolicySizeQuota", (long) holder.inlineQuota());
    }
    return summary;
  }

  private static void counted(
      Map<String, Long> summary, Inventory inventory, String name, Kind kind) {
    summary.put(name, AccountActions.count(inventory, kind));
    summary.put(name + "Quota", (long) Integer.MAX_VALUE);
  }
}
