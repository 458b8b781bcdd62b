package dev.lakebed.sts;

import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryRequest;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The limits of one text parameter, from the service model of STS.
 *
 * @param name as AWS's messages write it
 * @param pattern the pattern that messages name
 * @param form the same as a test of the whole text
 */
record Constraint(String name, int least, int most, String pattern, Predicate<String> form) {
  private static final String NAME = "[\\w+=,.@-]*";
  private static final String ARN = "[\\t\\n\\r -\\uFFFD]*";
  private static final String TAG = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*";

  static final Constraint SESSION_NAME = new Constraint("roleSessionName", 2, 64, NAME);
  static final Constraint SOURCE_IDENTITY = new Constraint("sourceIdentity", 2, 64, NAME);
  static final Constraint FEDERATED_NAME = new Constraint("name", 2, 32, NAME);
  static final Constraint EXTERNAL_ID = new Constraint("externalId", 2, 1224, "[\\w+=,.@:/-]*");
  static final Constraint ROLE_ARN = new Constraint("roleArn", 20, 2048, ARN);
  static final Constraint POLICY =
      new Constraint(
          "policy", 1, Integer.MAX_VALUE, "[\\t\\n\\r\\x20-\\uFFFF]*", Constraint::isPolicyText);
  static final Constraint POLICY_ARN = new Constraint("policyArns", 20, 2048, ARN);
  static final Constraint WEB_IDENTITY_TOKEN =
      new Constraint("webIdentityToken", 4, 20_000, "[!-~]*");
  static final Constraint SAML_ASSERTION =
      new Constraint("SAMLAssertion", 4, 100_000, "[\\sA-Za-z0-9+/=]*");
  static final Constraint PRINCIPAL_ARN = new Constraint("principalArn", 20, 2048, ARN);
  static final Constraint AUDIENCE = new Constraint("audience", 1, 1000, "[!-~]*");
  static final Constraint ACCESS_KEY = new Constraint("accessKeyId", 16, 128, "\\w*");
  static final Constraint TAG_KEY = new Constraint("tags.key", 1, 128, TAG);
  static final Constraint TAG_VALUE = new Constraint("tags.value", 0, 256, TAG);

  /** Any text without control characters. */
  static Constraint plain(String name, int least, int most) {
    return new Constraint(name, least, most, "[^\\p{Cntrl}]*");
  }

  private Constraint(String name, int least, int most, String pattern) {
    this(name, least, most, pattern, Pattern.compile(pattern).asMatchPredicate());
  }

  /**
   * AWS stops at U+00FF. Here a policy may name the keys of tables in any script, because catalogs
   * write locations into it as they are. By hand, since a policy is long.
   */
  private static boolean isPolicyText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\t' && c != '\n' && c != '\r') {
        return false;
      }
    }
    return true;
  }

  String check(String value) {
    if (value.length() < least) {
      throw violated("Member must have length greater than or equal to " + least);
    }
    if (value.length() > most) {
      throw violated("Member must have length less than or equal to " + most);
    }
    if (!form.test(value)) {
      throw violated("Member must satisfy regular expression pattern: " + pattern);
    }
    return value;
  }

  /** The value of a parameter, which must be there. */
  String require(QueryRequest query, String parameter) {
    return check(query.text(parameter).orElseThrow(this::missing));
  }

  QueryException missing() {
    return violated("Member must not be null");
  }

  private QueryException violated(String rule) {
    return violated(name, rule);
  }

  static QueryException violated(String parameter, String rule) {
    return new QueryException(
        QueryError.VALIDATION_ERROR,
        "1 validation error detected: Value at '%s' failed to satisfy constraint: %s"
            .formatted(parameter, rule));
  }

  /** Refuses parameters of AWS that this server has no meaning for: never ignored in silence. */
  static final class Unsupported {
    private Unsupported() {}

    static void refuse(QueryRequest request, String... parameters) {
      for (String parameter : parameters) {
        if (request.has(parameter)) {
          throw new QueryException(
              QueryError.NOT_IMPLEMENTED,
              "The parameter %s of %s is not implemented".formatted(parameter, request.action()));
        }
      }
    }
  }
}
