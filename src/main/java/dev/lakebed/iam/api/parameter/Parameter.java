package dev.lakebed.iam.api.parameter;

import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The limits of one text parameter, from the service model of IAM. Two are wider or narrower than
 * the model's: documents may hold any script, since they name keys and tables of catalogs; paths
 * have no empty part.
 *
 * @param name as on the wire
 * @param rule what a value must satisfy, for messages
 */
public record Parameter(String name, int least, int most, Pattern form, String rule)
    implements ParameterLimits {
  /** Those that have the same limits wherever they occur. */
  private static final List<ParameterLimits> SHARED = new ArrayList<>();

  private static final String ENTITY = "[\\w+=,.@-]+";
  private static final String TEXT = "[\\t\\n\\r -\\uFFFD\\x{10000}-\\x{10FFFF}]*";
  private static final String LATIN = "[\\t\\n\\r -\\xFF]+";
  private static final String TAG = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*";

  public static final Parameter USER_NAME = shared(of("UserName", 1, 128, ENTITY));
  public static final Parameter CREATED_USER_NAME = of("UserName", 1, 64, ENTITY);
  public static final Parameter NEW_USER_NAME = shared(of("NewUserName", 1, 64, ENTITY));
  public static final Parameter GROUP_NAME = shared(of("GroupName", 1, 128, ENTITY));
  public static final Parameter NEW_GROUP_NAME = shared(of("NewGroupName", 1, 128, ENTITY));
  public static final Parameter ROLE_NAME = shared(of("RoleName", 1, 64, ENTITY));
  public static final Parameter POLICY_NAME = shared(of("PolicyName", 1, 128, ENTITY));
  public static final Parameter PROFILE_NAME = shared(of("InstanceProfileName", 1, 128, ENTITY));
  public static final Parameter SAML_NAME = shared(of("Name", 1, 128, "[\\w._-]+"));
  public static final Parameter PATH = shared(of("Path", 1, 512, "/(?:[!-.0-~]+/)*"));
  public static final Parameter NEW_PATH = shared(of("NewPath", 1, 512, "/(?:[!-.0-~]+/)*"));
  public static final Parameter POLICY_PATH = of("Path", 1, 512, "(?:(?:/[A-Za-z0-9.,+@=_-]+)*)/");
  public static final Parameter POLICY_PATH_PREFIX =
      of("PathPrefix", 1, 512, "(?:(?:/[A-Za-z0-9.,+@=_-]+)*)/");
  public static final Parameter PATH_PREFIX = shared(of("PathPrefix", 1, 512, "/[!-\\x7F]*"));
  public static final Parameter POLICY_ARN = shared(of("PolicyArn", 20, 2048, TEXT));
  public static final Parameter BOUNDARY = shared(of("PermissionsBoundary", 20, 2048, TEXT));
  public static final Parameter VERSION_ID =
      shared(of("VersionId", 1, 64, "v[1-9][0-9]*(?:\\.[A-Za-z0-9-]*)?"));
  public static final Parameter ACCESS_KEY_ID = shared(of("AccessKeyId", 16, 128, "\\w+"));
  public static final Parameter STATUS = shared(oneOf("Status", "Active", "Inactive", "Expired"));
  public static final Parameter POLICY_DOCUMENT = shared(of("PolicyDocument", 1, 131_072, TEXT));
  public static final Parameter TRUST_DOCUMENT =
      shared(of("AssumeRolePolicyDocument", 1, 131_072, TEXT));
  public static final Parameter DESCRIPTION = of("Description", 0, 1000, TEXT);
  public static final Parameter ROLE_DESCRIPTION =
      shared(of("Description", 0, 1000, "[\\t\\n\\r -~\\xA1-\\xFF]*"));
  public static final Parameter URL = shared(of("Url", 1, 255, TEXT));
  public static final Parameter OIDC_ARN = shared(of("OpenIDConnectProviderArn", 20, 2048, TEXT));
  public static final Parameter CLIENT_ID = shared(of("ClientID", 1, 255, TEXT));
  public static final Parameter SAML_ARN = shared(of("SAMLProviderArn", 20, 2048, TEXT));
  public static final Parameter SAML_METADATA =
      shared(of("SAMLMetadataDocument", 1000, 10_000_000, TEXT));
  public static final Parameter ALIAS =
      shared(of("AccountAlias", 3, 63, "[a-z0-9](?:[a-z0-9]|-(?!-))*[a-z0-9]"));
  public static final Parameter PASSWORD = shared(of("Password", 1, 128, LATIN));
  public static final Parameter OLD_PASSWORD = shared(of("OldPassword", 1, 128, LATIN));
  public static final Parameter NEW_PASSWORD = shared(of("NewPassword", 1, 128, LATIN));
  public static final Parameter SOURCE_ARN = shared(of("PolicySourceArn", 20, 2048, TEXT));
  public static final Parameter ARN = shared(of("Arn", 20, 2048, TEXT));
  public static final Parameter JOB_ID = shared(of("JobId", 36, 36, "[0-9a-f-]+"));
  public static final Parameter CALLER_ARN = shared(any("CallerArn", 1, 2048));
  public static final Parameter RESOURCE_OWNER = shared(any("ResourceOwner", 1, 2048));
  public static final Parameter RESOURCE_POLICY = shared(any("ResourcePolicy", 1, 131_072));
  public static final Parameter RESOURCE_HANDLING = shared(any("ResourceHandlingOption", 1, 64));
  public static final Parameter SCOPE = shared(oneOf("Scope", "All", "AWS", "Local"));
  public static final Parameter POLICY_USAGE =
      shared(oneOf("PolicyUsageFilter", "PermissionsPolicy", "PermissionsBoundary"));
  public static final Parameter ENTITY_FILTER =
      shared(
          oneOf("EntityFilter", "User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"));
  public static final Parameter GRANULARITY =
      shared(oneOf("Granularity", "SERVICE_LEVEL", "ACTION_LEVEL"));
  public static final Parameter SERVICE_NAMESPACE =
      shared(of("ServiceNamespace", 1, 64, "[\\w-]*"));
  public static final Parameter MARKER = shared(any("Marker", 1, 1024));
  public static final Parameter ENCRYPTION_MODE =
      shared(oneOf("AssertionEncryptionMode", "Required", "Allowed"));
  public static final Parameter ADDED_KEY =
      shared(of("AddPrivateKey", 1, 16_384, "[\\t\\n\\r -\\xFF]+"));
  public static final Parameter REMOVED_KEY = shared(of("RemovePrivateKey", 22, 64, "[A-Z0-9]+"));

  static {
    shared(oneOf("AssignmentStatus", "Assigned", "Unassigned", "Any"));
    shared(any("ServiceName", 0, 1000));
  }

  static final Parameter CONTEXT_KEY_TYPE =
      oneOf(
          "contextEntries.contextKeyType",
          "string",
          "stringList",
          "numeric",
          "numericList",
          "boolean",
          "booleanList",
          "ip",
          "ipList",
          "binary",
          "binaryList",
          "date",
          "dateList");
  static final Parameter TAG_KEY = of("tags.key", 1, 128, TAG);
  static final Parameter TAG_VALUE = of("tags.value", 0, 256, TAG);

  private static Parameter shared(Parameter parameter) {
    SHARED.add(parameter);
    return parameter;
  }

  /** Those that have the same limits in all actions but those that {@link Limits} names. */
  static Stream<ParameterLimits> shared() {
    return SHARED.stream();
  }

  static Parameter of(String name, int least, int most, String form) {
    return new Parameter(
        name, least, most, Pattern.compile(form), "regular expression pattern: " + form);
  }

  static Parameter oneOf(String name, String... values) {
    Pattern form =
        Pattern.compile(Stream.of(values).map(Pattern::quote).collect(Collectors.joining("|")));
    return new Parameter(name, 0, Integer.MAX_VALUE, form, "enum value set: " + List.of(values));
  }

  static Parameter any(String name, int least, int most) {
    return of(name, least, most, "[\\s\\S]*");
  }

  @Override
  public void check(QueryRequest query) {
    find(query);
  }

  /** The value, if the request has one. */
  public Optional<String> find(QueryRequest query) {
    return query.text(name).map(this::check);
  }

  /** The value; ValidationError when the request has none. */
  public String require(QueryRequest query) {
    return find(query).orElseThrow(this::missing);
  }

  /** The value, if it breaks no limit; ValidationError if it does. */
  public String check(String value) {
    if (value.length() < least) {
      throw violated("Member must have length greater than or equal to " + least);
    }
    if (value.length() > most) {
      throw violated("Member must have length less than or equal to " + most);
    }
    if (!form.matcher(value).matches()) {
      throw violated("Member must satisfy " + rule);
    }
    return value;
  }

  private QueryException violated(String broken) {
    return violated(name, broken);
  }

  /** The refusal of a value, in AWS's words. */
  public static QueryException violated(String name, String rule) {
    return new QueryException(
        QueryError.VALIDATION_ERROR,
        "1 validation error detected: Value at '%s' failed to satisfy constraint: %s"
            .formatted(Character.toLowerCase(name.charAt(0)) + name.substring(1), rule));
  }
}
