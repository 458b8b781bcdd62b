package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.volume.VolumeIdentity;
import dev.lakebed.storage.blob.volume.VolumeLedger;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a database remembers of its volume, in memory. */
final class MemoryLedger implements VolumeLedger {
  /** All that is remembered; null fields of the database's row when there is none. */
  record State(Optional<Entry> entry, @Nullable Opening opening) {
    static final State EMPTY = new State(Optional.empty(), null);
  }

  private final Consumer<State> changes;
  private State state;

  MemoryLedger() {
    this(State.EMPTY, state -> {});
  }

  /** Remembers that much, and tells of every change. */
  MemoryLedger(State state, Consumer<State> changes) {
    this.state = state;
    this.changes = changes;
  }

  synchronized MemoryLedger copy() {
    return new MemoryLedger(state, change -> {});
  }

  @Override
  public synchronized List<Entry> volumes() {
    return state.entry().stream().toList();
  }

  @Override
  public synchronized boolean announce(Opening opening) {
    VolumeIdentity found = opening.found();
    boolean agreed =
        state
            .entry()
            .map(known -> known.opened().equals(found) || known.announced().equals(found))
            .orElse(found.epoch() == 0);
    if (agreed) {
      change(new Entry(found, opening.next()), opening);
    }
    return agreed;
  }

  @Override
  public synchronized boolean opened(Opening opening) {
    if (!opening.equals(state.opening())) {
      return false;
    }
    change(new Entry(opening.next(), opening.next()), opening);
    return true;
  }

  private void change(Entry entry, Opening opening) {
    state = new State(Optional.of(entry), opening);
    changes.accept(state);
  }
}
