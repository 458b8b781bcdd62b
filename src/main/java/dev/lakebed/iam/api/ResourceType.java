package dev.lakebed.iam.api;

import dev.lakebed.iam.api.Inventory.Arns;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;

/**
 * What actions are about.
 *
 * @param noun as in {@code AttachUserPolicy}
 * @param parameter names one
 * @param inlineQuota most characters of all inline policies of one together, without white space
 */
record ResourceType(Kind kind, String noun, Parameter parameter, int inlineQuota) {
  static final ResourceType USER = new ResourceType(Kind.USER, "User", Parameter.USER_NAME, 2048);
  static final ResourceType GROUP =
      new ResourceType(Kind.GROUP, "Group", Parameter.GROUP_NAME, 5120);
  static final ResourceType ROLE = new ResourceType(Kind.ROLE, "Role", Parameter.ROLE_NAME, 10_240);
  static final ResourceType POLICY =
      new ResourceType(Kind.POLICY, "Policy", Parameter.POLICY_ARN, 0);
  static final ResourceType INSTANCE_PROFILE =
      new ResourceType(Kind.INSTANCE_PROFILE, "InstanceProfile", Parameter.PROFILE_NAME, 0);
  static final ResourceType OIDC_PROVIDER =
      new ResourceType(Kind.OIDC_PROVIDER, "OpenIDConnectProvider", Parameter.OIDC_ARN, 0);
  static final ResourceType SAML_PROVIDER =
      new ResourceType(Kind.SAML_PROVIDER, "SAMLProvider", Parameter.SAML_ARN, 0);

  /** The parameter that names one, as an action that needs it lists it. */
  String required() {
    return parameter.name() + "*";
  }

  private boolean byArn() {
    return parameter.name().endsWith("Arn");
  }

  /** The one that the parameter names is what the action is authorised on. */
  ActionTarget.Finder target() {
    return byArn() ? ActionTarget.byArn(parameter) : ActionTarget.named(kind, parameter);
  }

  /** The one that the parameter names; NoSuchEntity when there is none. */
  Entity require(Inventory inventory, IamRequest x) {
    String value = x.require(parameter);
    return byArn() ? Arns.require(inventory, kind, value) : inventory.require(kind, value);
  }

  /** The same, if the API may change it. */
  Entity changeable(Inventory inventory, IamRequest x) {
    return Inventory.changeable(require(inventory, x));
  }
}
