package dev.lakebed.iam.api;

import dev.lakebed.auth.PolicyWarnings;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Policy.MalformedPolicyException;

/** Policy documents in requests: checked by the grammar, counted as AWS counts, kept as given. */
final class PolicyInput {
  static final int MANAGED = 6144;
  static final int TRUST = 2048;

  private PolicyInput() {}

  /** A managed policy's document. */
  static String managed(IamRequest x) {
    String document = parsed(x.require(Parameter.POLICY_DOCUMENT), Policy.Kind.IDENTITY);
    limit("PolicySize", size(document), MANAGED);
    return document;
  }

  /** A trust policy. */
  static String trust(IamRequest x, Parameter parameter) {
    String document = parsed(x.require(parameter), Policy.Kind.TRUST);
    limit("ACLSizePerRole", size(document), TRUST);
    return document;
  }

  /** The document, if the grammar takes it; MalformedPolicyDocument with the place if not. */
  static String parsed(String document, Policy.Kind kind) {
    try {
      Policy.parse("policy", document, kind);
      return document;
    } catch (MalformedPolicyException malformed) {
      throw new QueryException(
          QueryError.MALFORMED_POLICY_DOCUMENT, String.valueOf(malformed.getMessage()));
    }
  }

  /** Warns of actions in a document that was stored. */
  static void warn(String name, String document, Policy.Kind kind, String holder) {
    PolicyWarnings.log(Policy.parse(name, document, kind), holder);
  }

  /** A document that is only looked at; InvalidInput with the place if it is malformed. */
  static Policy input(String name, String document, Policy.Kind kind) {
    try {
      return Policy.parse(name, document, kind);
    } catch (MalformedPolicyException malformed) {
      throw new QueryException(
          QueryError.INVALID_INPUT, name + " is malformed: " + malformed.getMessage());
    }
  }

  /** Characters without white space. */
  static int size(String document) {
    return Math.toIntExact(document.chars().filter(c -> c > ' ').count());
  }

  static void limit(String quota, int size, int most) {
    NewEntity.refuse(
        size > most, QueryError.LIMIT_EXCEEDED, "Cannot exceed quota for " + quota + ": " + most);
  }
}
