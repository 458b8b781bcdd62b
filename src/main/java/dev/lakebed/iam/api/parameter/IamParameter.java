package dev.lakebed.iam.api.parameter;

import dev.lakebed.operation.query.Parameter;

/**
 * The text parameters of the IAM API. Two are wider or narrower than the service model's: documents
 * may hold any script, since they name keys and tables of catalogs; paths have no empty part.
 */
public final class IamParameter {
  public static final Parameter USER_NAME = named("UserName", 128);
  public static final Parameter GROUP_NAME = named("GroupName", 128);
  public static final Parameter ROLE_NAME = named("RoleName", 64);
  public static final Parameter POLICY_NAME = named("PolicyName", 128);
  public static final Parameter PROFILE_NAME = named("InstanceProfileName", 128);
  public static final Parameter PATH = path("Path");
  public static final Parameter PATH_PREFIX = Parameter.of("PathPrefix", 1, 512, "/[!-\\x7F]*");
  public static final Parameter POLICY_ARN = arn("PolicyArn");
  public static final Parameter BOUNDARY = arn("PermissionsBoundary");
  public static final Parameter OIDC_ARN = arn("OpenIDConnectProviderArn");
  public static final Parameter SAML_ARN = arn("SAMLProviderArn");
  public static final Parameter ARN = arn("Arn");
  public static final Parameter POLICY_DOCUMENT = document("PolicyDocument");

  private IamParameter() {}

  public static Parameter named(String name, int most) {
    return Parameter.of(name, 1, most, "[\\w+=,.@-]+");
  }

  /** Where an entity is in the tree of paths. */
  public static Parameter path(String name) {
    return Parameter.of(name, 1, 512, "/(?:[!-.0-~]+/)*");
  }

  /** The path of a policy, or where a list of policies begins. */
  public static Parameter policyPath(String name) {
    return Parameter.of(name, 1, 512, "(?:(?:/[A-Za-z0-9.,+@=_-]+)*)/");
  }

  public static Parameter arn(String name) {
    return Parameter.text(name, 20, 2048);
  }

  public static Parameter document(String name) {
    return Parameter.text(name, 1, 131_072);
  }
}
