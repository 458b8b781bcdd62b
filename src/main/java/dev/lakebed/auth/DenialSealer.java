package dev.lakebed.auth;

import java.util.Optional;

/** Turns a refusal into a text for the client that only this server can read again. */
@FunctionalInterface
public interface DenialSealer {
  /** Seals nothing. */
  DenialSealer NONE = denial -> Optional.empty();

  /** The encoded authorization message; empty when the client gets none. */
  Optional<String> seal(Denial denial);
}
