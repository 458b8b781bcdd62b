package dev.lakebed.storage.metadata;

import dev.lakebed.policy.Policy;

/**
 * A resource policy as its author wrote it, and compiled.
 *
 * @param document JSON text
 * @param policy the same, ready for the policy engine
 */
public record StoredPolicy(String document, Policy policy) {
  /**
   * Compiles a document.
   *
   * @param name for reasons and logs
   * @throws dev.lakebed.policy.Policy.MalformedPolicyException when it is not exactly AWS's grammar
   */
  public static StoredPolicy parse(String name, String document) {
    return new StoredPolicy(document, Policy.parse(name, document, Policy.Kind.RESOURCE));
  }
}
