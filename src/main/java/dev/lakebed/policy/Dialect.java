package dev.lakebed.policy;

/** What a document's kind and version change in the meaning of its statements. */
record Dialect(Policy.Kind kind, boolean variables) {
  boolean namesPrincipals() {
    return kind == Policy.Kind.RESOURCE || kind == Policy.Kind.TRUST;
  }

  boolean namesResources() {
    return kind != Policy.Kind.TRUST;
  }
}
