package dev.lakebed.iam.api.parameter;

import dev.lakebed.iam.api.parameter.ParameterLimits.Value;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryRequest;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The limits of one text parameter, from the service model of IAM. Two are wider or narrower than
 * the model's: documents may hold any script, since they name keys and tables of catalogs; paths
 * have no empty part.
 *
 * @param rule what a value must satisfy, for messages
 */
public record Parameter(String name, int least, int most, Pattern form, String rule)
    implements Value<String> {
  public static final Parameter USER_NAME = named("UserName", 128);
  public static final Parameter GROUP_NAME = named("GroupName", 128);
  public static final Parameter ROLE_NAME = named("RoleName", 64);
  public static final Parameter POLICY_NAME = named("PolicyName", 128);
  public static final Parameter PROFILE_NAME = named("InstanceProfileName", 128);
  public static final Parameter PATH = path("Path");
  public static final Parameter PATH_PREFIX = of("PathPrefix", 1, 512, "/[!-\\x7F]*");
  public static final Parameter POLICY_ARN = arn("PolicyArn");
  public static final Parameter BOUNDARY = arn("PermissionsBoundary");
  public static final Parameter OIDC_ARN = arn("OpenIDConnectProviderArn");
  public static final Parameter SAML_ARN = arn("SAMLProviderArn");
  public static final Parameter ARN = arn("Arn");
  public static final Parameter POLICY_DOCUMENT = document("PolicyDocument");

  /** The name of an entity. */
  public static Parameter named(String name, int most) {
    return of(name, 1, most, "[\\w+=,.@-]+");
  }

  /** Where an entity is in the tree of paths. */
  public static Parameter path(String name) {
    return of(name, 1, 512, "/(?:[!-.0-~]+/)*");
  }

  /** The path of a policy, or where a list of policies begins. */
  public static Parameter policyPath(String name) {
    return of(name, 1, 512, "(?:(?:/[A-Za-z0-9.,+@=_-]+)*)/");
  }

  public static Parameter arn(String name) {
    return text(name, 20, 2048);
  }

  public static Parameter document(String name) {
    return text(name, 1, 131_072);
  }

  /** Text in any script without control characters. */
  public static Parameter text(String name, int least, int most) {
    return of(name, least, most, "[\\t\\n\\r -\\uFFFD\\x{10000}-\\x{10FFFF}]*");
  }

  public static Parameter of(String name, int least, int most, String form) {
    return new Parameter(
        name, least, most, Pattern.compile(form), "regular expression pattern: " + form);
  }

  /** One of some words. */
  public static Parameter oneOf(String name, String... values) {
    Pattern form =
        Pattern.compile(Stream.of(values).map(Pattern::quote).collect(Collectors.joining("|")));
    return new Parameter(name, 0, Integer.MAX_VALUE, form, "enum value set: " + List.of(values));
  }

  public static Parameter any(String name, int least, int most) {
    return of(name, least, most, "[\\s\\S]*");
  }

  /** The value; ValidationError when the request has none. */
  public String require(QueryRequest query) {
    return find(query).orElseThrow(this::missing);
  }

  @Override
  public String parse(String value) {
    if (value.length() < least) {
      throw violated(name, "Member must have length greater than or equal to " + least);
    }
    if (value.length() > most) {
      throw violated(name, "Member must have length less than or equal to " + most);
    }
    if (!form.matcher(value).matches()) {
      throw violated(name, "Member must satisfy " + rule);
    }
    return value;
  }

  /** The refusal of a value, in AWS's words. */
  public static QueryException violated(String name, String rule) {
    return QueryError.VALIDATION_ERROR.because(
        "1 validation error detected: Value at '%s' failed to satisfy constraint: %s"
            .formatted(Character.toLowerCase(name.charAt(0)) + name.substring(1), rule));
  }
}
