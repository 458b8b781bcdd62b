package dev.lakebed.front.payara;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Tells once how the opening of the listeners came out. */
public final class Opening {
  private final Set<String> wanted;
  private final Runnable whenOpen;
  private final BiConsumer<Set<String>, String> whenNot;
  private int patience;
  private boolean told;

  /**
   * Waits so many looks for listeners of these names; if there are none the first listener that
   * opens is enough. {@code whenNot} takes the names of those that are closed, when one cannot be
   * opened, and the reason.
   */
  public Opening(
      Set<String> wanted,
      int patience,
      Runnable whenOpen,
      BiConsumer<Set<String>, String> whenNot) {
    this.wanted = Set.copyOf(wanted);
    this.patience = patience;
    this.whenOpen = whenOpen;
    this.whenNot = whenNot;
  }

  /** The server does not tell: it has to be taken for ready. */
  void unknown() {
    told = true;
    whenOpen.run();
  }

  void look(Listening now) {
    if (told) {
      return;
    }
    if (!now.open().isEmpty() && now.open().containsAll(wanted)) {
      told = true;
      whenOpen.run();
    } else if (!wanted.isEmpty() && (now.failure().isPresent() || --patience <= 0)) {
      told = true;
      Set<String> closed = new TreeSet<>(wanted);
      closed.removeAll(now.open());
      whenNot.accept(closed, now.failure().orElse("the server does not open it"));
    }
  }

  /** Those that take connections through the hook, and why one could not be opened. */
  record Listening(Set<String> open, Optional<String> failure) {}
}
