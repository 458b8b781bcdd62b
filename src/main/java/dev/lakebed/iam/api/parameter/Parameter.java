package dev.lakebed.iam.api.parameter;

import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryRequest;
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
  /** Any script; neither control characters nor half of a surrogate pair. */
  private static final String TEXT = "[\\t\\n\\r -\\uFFFD\\x{10000}-\\x{10FFFF}]*";

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

  /** The ARN of an entity. */
  public static Parameter arn(String name) {
    return text(name, 20, 2048);
  }

  /** A policy document. */
  public static Parameter document(String name) {
    return text(name, 1, 131_072);
  }

  /** Text without control characters. */
  public static Parameter text(String name, int least, int most) {
    return of(name, least, most, TEXT);
  }

  /** A text of that form. */
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

  /** Any text. */
  public static Parameter any(String name, int least, int most) {
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
