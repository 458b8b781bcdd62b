package dev.lakebed.crash;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What clients did to one key and saw of it, with the times between which it happened.
 *
 * @see <a href="https://doi.org/10.1145/78969.78972">Herlihy and Wing, Linearizability, 1990</a>
 */
final class History {
  /** What a key is that has no object. */
  static final String ABSENT = "";

  private static final long NEVER = Long.MAX_VALUE;

  private final List<Step> steps = new ArrayList<>();

  /**
   * What a request would be as one moment's work on the key.
   *
   * @param name for the report
   * @param possible whether it can be answered as it was when the key holds that
   * @param outcome what the key holds then, null for the same as before
   */
  record Work(String name, Predicate<String> possible, @Nullable String outcome) {
    static Work saw(String value) {
      return new Work("saw '" + value + "'", value::equals, null);
    }

    static Work sawNot(String value) {
      return new Work("saw something else than '" + value + "'", v -> !v.equals(value), null);
    }

    static Work wrote(String value) {
      return new Work("wrote '" + value + "'", any -> true, value);
    }

    static Work replaced(String before, String value) {
      return new Work("wrote '" + value + "' over '" + before + "'", before::equals, value);
    }

    String after(String value) {
      return outcome == null ? value : outcome;
    }
  }

  /** Work that was asked for at one time and answered at another, or never. */
  private record Step(Work work, long asked, long answered) {}

  /** A request that was answered. */
  synchronized void add(Work work, long asked, long answered) {
    steps.add(new Step(work, asked, answered));
  }

  /** A request without an answer: it may have happened at any time since, or not at all. */
  synchronized void unanswered(Work work, long asked) {
    steps.add(new Step(work, asked, NEVER));
  }

  synchronized int size() {
    return steps.size();
  }

  /**
   * Whether the steps can be put in an order that agrees with their times and explains every
   * answer. By the search of Wing and Gong, which remembers where it has been (Lowe).
   */
  synchronized boolean isLinearisable() {
    return new Search(steps).succeeds();
  }

  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder();
    steps.stream()
        .sorted(Comparator.comparingLong(Step::asked))
        .forEach(
            step ->
                text.append(
                    "%n%d to %s: %s".formatted(step.asked(), end(step), step.work().name())));
    return text.toString();
  }

  private static String end(Step step) {
    return step.answered() == NEVER ? "?" : Long.toString(step.answered());
  }

  private static final class Search {
    private record Place(BitSet done, String value) {}

    private final List<Step> steps;
    private final Set<Place> seen = new HashSet<>();
    private final List<Place> open = new ArrayList<>();

    Search(List<Step> steps) {
      this.steps = steps.stream().sorted(Comparator.comparingLong(Step::asked)).toList();
    }

    boolean succeeds() {
      reach(new BitSet(), ABSENT);
      while (!open.isEmpty()) {
        Place place = open.removeLast();
        long end = firstEnd(place.done());
        if (end == NEVER) {
          return true;
        }
        for (int i = place.done().nextClearBit(0);
            i < steps.size() && steps.get(i).asked() <= end;
            i = place.done().nextClearBit(i + 1)) {
          Work work = steps.get(i).work();
          if (work.possible().test(place.value())) {
            BitSet done = (BitSet) place.done().clone();
            done.set(i);
            reach(done, work.after(place.value()));
          }
        }
      }
      return false;
    }

    private void reach(BitSet done, String value) {
      Place place = new Place(done, value);
      if (seen.add(place)) {
        open.add(place);
      }
    }

    /** When the first step that is not done was answered: what was asked later comes later. */
    private long firstEnd(BitSet done) {
      long end = NEVER;
      for (int i = done.nextClearBit(0);
          i < steps.size() && steps.get(i).asked() <= end;
          i = done.nextClearBit(i + 1)) {
        end = Math.min(end, steps.get(i).answered());
      }
      return end;
    }
  }
}
