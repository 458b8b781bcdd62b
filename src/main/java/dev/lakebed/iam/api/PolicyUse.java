package dev.lakebed.iam.api;

import dev.lakebed.storage.metadata.iam.Entity;

/**
 * A managed policy and how often it is used in the caller's account.
 *
 * @param attachments users, groups and roles that have it attached
 * @param boundaries users and roles that it bounds
 */
record PolicyUse(Entity policy, int attachments, int boundaries) {
  static PolicyUse of(Inventory inventory, Entity policy) {
    return new PolicyUse(
        policy,
        Math.toIntExact(
            inventory.configured().having(policy.arn()).count()
                + inventory.stored().attachments().count(inventory.account(), policy.arn())),
        inventory.stored().entities().countBoundedBy(inventory.account(), policy.arn()));
  }
}
