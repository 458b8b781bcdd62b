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
record Holder(Kind kind, String noun, Parameter name, int inlineQuota) {
  static final Holder USER = new Holder(Kind.USER, "User", Parameter.USER_NAME, 2048);
  static final Holder GROUP = new Holder(Kind.GROUP, "Group", Parameter.GROUP_NAME, 5120);
  static final Holder ROLE = new Holder(Kind.ROLE, "Role", Parameter.ROLE_NAME, 10_240);

  Aim.Finder aim() {
    return Aim.named(kind, name);
  }

  Entity require(Inventory inventory, Exchange x) {
    return inventory.require(kind, x.require(name));
  }

  Entity changeable(Inventory inventory, Exchange x) {
    return inventory.changeable(kind, x.require(name));
  }
}
