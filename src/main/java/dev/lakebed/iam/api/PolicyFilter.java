package dev.lakebed.iam.api;

import java.util.Optional;

/**
 * Which policies ListPolicies shows.
 *
 * @param aws whether those of AWS
 * @param local whether those of the account
 * @param attached whether only those in use
 * @param usage as what they are in use
 */
record PolicyFilter(boolean aws, boolean local, boolean attached, Optional<Usage> usage) {
  static final Parameter SCOPE = Parameter.oneOf("Scope", "All", "AWS", "Local");
  static final Parameter USAGE =
      Parameter.oneOf("PolicyUsageFilter", "PermissionsPolicy", "PermissionsBoundary");

  /** How a policy is used. */
  enum Usage {
    PERMISSIONS,
    BOUNDARY
  }

  static PolicyFilter of(Exchange x) {
    String scope = x.find(SCOPE).orElse("All");
    return new PolicyFilter(
        !scope.equals("Local"),
        !scope.equals("AWS"),
        Limits.ONLY_ATTACHED.find(x.query()).orElse(false),
        usage(x));
  }

  static Optional<Usage> usage(Exchange x) {
    return x.find(USAGE)
        .map(text -> text.equals("PermissionsPolicy") ? Usage.PERMISSIONS : Usage.BOUNDARY);
  }

  boolean takes(PolicyUse use) {
    boolean asPermissions = use.attachments() > 0;
    boolean asBoundary = use.boundaries() > 0;
    if (usage.isPresent()) {
      return usage.get() == Usage.PERMISSIONS ? asPermissions : asBoundary;
    }
    return !attached || asPermissions || asBoundary;
  }
}
