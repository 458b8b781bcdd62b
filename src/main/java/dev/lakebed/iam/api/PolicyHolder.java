package dev.lakebed.iam.api;

import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Kind;

/**
 * What can have policies, with the words of its actions.
 *
 * @param noun as in {@code AttachUserPolicy}
 * @param name parameter that names it
 * @param inlineQuota most characters of all its inline policies together, without white space
 */
record PolicyHolder(Kind kind, String noun, Parameter name, int inlineQuota) {
  static final PolicyHolder USER = new PolicyHolder(Kind.USER, "User", Parameter.USER_NAME, 2048);
  static final PolicyHolder GROUP =
      new PolicyHolder(Kind.GROUP, "Group", Parameter.GROUP_NAME, 5120);
  static final PolicyHolder ROLE = new PolicyHolder(Kind.ROLE, "Role", Parameter.ROLE_NAME, 10_240);

  AuthorizationTarget.Finder aim() {
    return AuthorizationTarget.named(kind, name);
  }

  Entity require(Inventory inventory, IamRequest x) {
    return inventory.require(kind, x.require(name));
  }

  Entity changeable(Inventory inventory, IamRequest x) {
    return inventory.changeable(kind, x.require(name));
  }
}
