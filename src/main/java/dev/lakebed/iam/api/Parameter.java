package dev.lakebed.iam.api;

import dev.lakebed.query.QueryError;
import dev.lakebed.query.QueryException;
import dev.lakebed.query.QueryRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The limits of one text parameter, from the service model of IAM.
 *
 * @param name as on the wire
 */
record Parameter(String name, int least, int most, Pattern form) {
  private static final String ENTITY = "[\\w+=,.@-]+";
  private static final String TEXT = "[\\t\\n\\r -\\uFFFD\\x{10000}-\\x{10FFFF}]*";

  static final Parameter USER_NAME = of("UserName", 1, 64, ENTITY);
  static final Parameter NEW_USER_NAME = of("NewUserName", 1, 64, ENTITY);
  static final Parameter GROUP_NAME = of("GroupName", 1, 128, ENTITY);
  static final Parameter NEW_GROUP_NAME = of("NewGroupName", 1, 128, ENTITY);
  static final Parameter ROLE_NAME = of("RoleName", 1, 64, ENTITY);
  static final Parameter POLICY_NAME = of("PolicyName", 1, 128, ENTITY);
  static final Parameter PROFILE_NAME = of("InstanceProfileName", 1, 128, ENTITY);
  static final Parameter SAML_NAME = of("Name", 1, 128, "[\\w._-]+");
  static final Parameter PATH = of("Path", 1, 512, "/(?:[!-.0-~]+/)*");
  static final Parameter NEW_PATH = of("NewPath", 1, 512, "/(?:[!-.0-~]+/)*");
  static final Parameter POLICY_PATH = of("Path", 1, 512, "(?:(?:/[A-Za-z0-9.,+@=_-]+)*)/");
  static final Parameter PATH_PREFIX = of("PathPrefix", 1, 512, "/[!-\\x7E]*");
  static final Parameter POLICY_ARN = of("PolicyArn", 20, 2048, TEXT);
  static final Parameter BOUNDARY = of("PermissionsBoundary", 20, 2048, TEXT);
  static final Parameter VERSION_ID = of("VersionId", 1, 64, "v[1-9][0-9]*(?:\\.[A-Za-z0-9-]*)?");
  static final Parameter ACCESS_KEY_ID = of("AccessKeyId", 16, 128, "\\w+");
  static final Parameter STATUS = of("Status", 1, 16, "Active|Inactive");
  static final Parameter POLICY_DOCUMENT = of("PolicyDocument", 1, 131_072, TEXT);
  static final Parameter TRUST_DOCUMENT = of("AssumeRolePolicyDocument", 1, 131_072, TEXT);
  static final Parameter DESCRIPTION = of("Description", 0, 1000, TEXT);
  static final Parameter URL = of("Url", 1, 255, TEXT);
  static final Parameter OIDC_ARN = of("OpenIDConnectProviderArn", 20, 2048, TEXT);
  static final Parameter CLIENT_ID = of("ClientID", 1, 255, TEXT);
  static final Parameter SAML_ARN = of("SAMLProviderArn", 20, 2048, TEXT);
  static final Parameter SAML_METADATA = of("SAMLMetadataDocument", 1000, 10_000_000, TEXT);
  static final Parameter ALIAS = of("AccountAlias", 3, 63, "[a-z0-9](?:[a-z0-9]|-(?!-))*[a-z0-9]");
  static final Parameter PASSWORD = of("Password", 1, 128, TEXT);
  static final Parameter OLD_PASSWORD = of("OldPassword", 1, 128, TEXT);
  static final Parameter NEW_PASSWORD = of("NewPassword", 1, 128, TEXT);
  static final Parameter SOURCE_ARN = of("PolicySourceArn", 20, 2048, TEXT);
  static final Parameter ARN = of("Arn", 20, 2048, TEXT);
  static final Parameter JOB_ID = of("JobId", 36, 36, "[0-9a-f-]+");

  static Parameter of(String name, int least, int most, String form) {
    return new Parameter(name, least, most, Pattern.compile(form));
  }

  Optional<String> find(QueryRequest query) {
    return query.text(name).map(this::check);
  }

  String require(QueryRequest query) {
    return find(query).orElseThrow(() -> violated("Member must not be null"));
  }

  String check(String value) {
    if (value.length() < least) {
      throw violated("Member must have length greater than or equal to " + least);
    }
    if (value.length() > most) {
      throw violated("Member must have length less than or equal to " + most);
    }
    if (!form.matcher(value).matches()) {
      throw violated("Member must satisfy regular expression pattern: " + form);
    }
    return value;
  }

  QueryException violated(String rule) {
    return violated(name, rule);
  }

  static QueryException violated(String name, String rule) {
    return new QueryException(
        QueryError.VALIDATION_ERROR,
        "1 validation error detected: Value at '%s' failed to satisfy constraint: %s"
            .formatted(Character.toLowerCase(name.charAt(0)) + name.substring(1), rule));
  }
}
