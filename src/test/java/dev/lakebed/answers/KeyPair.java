package dev.lakebed.answers;

import java.util.Map;

/**
 * A key pair that signs.
 *
 * @param token of a session, or empty
 */
record KeyPair(String id, String secret, String token) {
  /** Those of config.json, and two that no server takes. */
  private static final Map<String, KeyPair> CONFIGURED =
      Map.of(
          "admin", new KeyPair("ANSWERSADMIN00000001", "admin-secret-of-the-answers", ""),
          "reader", new KeyPair("ANSWERSREADER0000001", "reader-secret-of-the-answers", ""),
          "nobody", new KeyPair("ANSWERSNOBODY0000001", "nobody-secret-of-the-answers", ""),
          "neighbour", new KeyPair("ANSWERSNEIGHBOUR0001", "neighbour-secret-of-the-answers", ""),
          "owner", new KeyPair("ANSWERSOWNER00000001", "owner-secret-of-the-answers", ""),
          "forger", new KeyPair("ANSWERSADMIN00000001", "no-secret-of-the-answers", ""),
          "stranger", new KeyPair("ANSWERSSTRANGER00001", "no-secret-of-the-answers", ""));

  /** The key of that name: configured, or of {@code name.id}, {@code .secret}, {@code .token}. */
  static KeyPair of(String name, Variables variables) {
    KeyPair configured = CONFIGURED.get(name);
    if (configured != null) {
      return configured;
    }
    String token = name + ".token";
    return new KeyPair(
        variables.get(name + ".id"),
        variables.get(name + ".secret"),
        variables.has(token) ? variables.get(token) : "");
  }
}
