package dev.lakebed.sts;

import dev.lakebed.auth.TagKeys;
import dev.lakebed.iam.model.Role;
import dev.lakebed.policy.Keys;

/** Condition keys of the tags of a role that is to be assumed. */
final class RoleTags {
  private RoleTags() {}

  static Keys of(Role role) {
    return TagKeys.of(TagKeys.RESOURCE, role.tags())
        .or(TagKeys.of("iam:resourcetag/", role.tags()));
  }
}
