package dev.lakebed.operation;

/** What an operation does to what is stored, as it declares itself. */
public enum Effect {
  /** Nothing. */
  READS,
  /** It changes objects, their parts or what describes them. */
  CHANGES_CONTENT,
  /** It changes identities, sessions, policies or configuration, or tells about identities. */
  ADMINISTERS
}
