package dev.lakebed.sts;

import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.ParameterLimits.WholeNumber;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.TextForm;

/** The parameters of STS with their limits, from its service model. */
final class StsParameter {
  private static final String NAME = "[\\w+=,.@-]*";
  private static final String TAG = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*";

  static final Parameter SESSION_NAME = Parameter.of("RoleSessionName", 2, 64, NAME);
  static final Parameter SOURCE_IDENTITY = Parameter.of("SourceIdentity", 2, 64, NAME);
  static final Parameter FEDERATED_NAME = Parameter.of("Name", 2, 32, NAME);
  static final Parameter EXTERNAL_ID = Parameter.of("ExternalId", 2, 1224, "[\\w+=,.@:/-]*");
  static final Parameter ROLE_ARN = arn("RoleArn");
  static final Parameter POLICY_ARN = arn("PolicyArns");
  static final Parameter PRINCIPAL_ARN = arn("PrincipalArn");
  static final Parameter WEB_IDENTITY_TOKEN = Parameter.of("WebIdentityToken", 4, 20_000, "[!-~]*");
  static final Parameter SAML_ASSERTION =
      Parameter.of("SAMLAssertion", 4, 100_000, "[\\sA-Za-z0-9+/=]*").shownAs("SAMLAssertion");
  static final Parameter LDAP_USER = plain("LDAPUsername", 256);
  static final Parameter LDAP_PASSWORD = plain("LDAPPassword", 1024);
  static final Parameter AUDIENCE = Parameter.of("Audience", 1, 1000, "[!-~]*");
  static final Parameter ACCESS_KEY = Parameter.of("AccessKeyId", 16, 128, "\\w*");
  static final Parameter TAG_KEY = Parameter.of("tags.key", 1, 128, TAG);
  static final Parameter TAG_VALUE = Parameter.of("tags.value", 0, 256, TAG);

  /**
   * AWS stops at U+00FF. Here a policy may name the keys of tables in any script, because catalogs
   * write locations into it as they are.
   */
  static final Parameter POLICY =
      new Parameter(
          "Policy",
          "policy",
          1,
          Integer.MAX_VALUE,
          TextForm.of("[\\t\\n\\r\\x20-\\x{10FFFF}]*"),
          "regular expression pattern: [\\t\\n\\r\\x20-\\uFFFF]*");

  /** Whether it is too long depends on who is asked for what. */
  static final WholeNumber DURATION = new WholeNumber("DurationSeconds", 900, Integer.MAX_VALUE);

  private StsParameter() {}

  private static Parameter arn(String name) {
    return Parameter.of(name, 20, 2048, "[\\t\\n\\r -\\uFFFD]*");
  }

  /** Any text without control characters. */
  private static Parameter plain(String name, int most) {
    return Parameter.of(name, 1, most, "[^\\p{Cntrl}]*").shownAs(name);
  }

  /** Refuses parameters of AWS that this server has no meaning for: never ignored in silence. */
  static void refuse(QueryRequest request, String... parameters) {
    for (String parameter : parameters) {
      if (request.has(parameter)) {
        throw QueryError.NOT_IMPLEMENTED.because(
            "The parameter %s of %s is not implemented".formatted(parameter, request.action()));
      }
    }
  }
}
