package dev.lakebed.sts;

import dev.lakebed.query.QueryError;
import dev.lakebed.query.QueryException;
import java.util.regex.Pattern;

/**
 * The limits of one text parameter, from the service model of STS.
 *
 * @param name as AWS's messages write it
 * @param form whole text
 */
record Constraint(String name, int least, int most, Pattern form) {
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]*");

  static final Constraint SESSION_NAME = new Constraint("roleSessionName", 2, 64, NAME);
  static final Constraint SOURCE_IDENTITY = new Constraint("sourceIdentity", 2, 64, NAME);
  static final Constraint FEDERATED_NAME = new Constraint("name", 2, 32, NAME);
  static final Constraint EXTERNAL_ID =
      new Constraint("externalId", 2, 1224, Pattern.compile("[\\w+=,.@:/-]*"));
  static final Constraint ROLE_ARN =
      new Constraint("roleArn", 20, 2048, Pattern.compile("[\\t\\n\\r -\\uFFFD]*"));
  static final Constraint POLICY =
      new Constraint("policy", 1, Integer.MAX_VALUE, Pattern.compile("[\\t\\n\\r\\x20-\\xFF]*"));
  static final Constraint POLICY_ARN =
      new Constraint("policyArns", 20, 2048, Pattern.compile("[\\t\\n\\r -\\uFFFD]*"));
  static final Constraint ACCESS_KEY =
      new Constraint("accessKeyId", 16, 128, Pattern.compile("\\w*"));
  static final Constraint TAG_KEY =
      new Constraint("tags.key", 1, 128, Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*"));
  static final Constraint TAG_VALUE =
      new Constraint("tags.value", 0, 256, Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*"));

  String check(String value) {
    if (value.length() < least) {
      throw violated("Member must have length greater than or equal to " + least);
    }
    if (value.length() > most) {
      throw violated("Member must have length less than or equal to " + most);
    }
    if (!form.matcher(value).matches()) {
      throw violated("Member must satisfy regular expression pattern: " + form.pattern());
    }
    return value;
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
}
