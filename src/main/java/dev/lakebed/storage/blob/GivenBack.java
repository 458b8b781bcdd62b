package dev.lakebed.storage.blob;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Records of the active segment that metadata refused. Their space is used again from the end of
 * the segment on, but never from the same offset: no reference is given out twice.
 */
final class GivenBack {
  /** Records start at multiples of this. */
  private static final int ALIGNMENT = 8;

  /** More are not remembered; the space of later ones is lost until the segment is reclaimed. */
  private static final int LIMIT = 4096;

  private final NavigableMap<Long, Long> dead = new TreeMap<>();
  private final Set<Long> usedStarts = new HashSet<>();

  /** For records that begin behind a gap, where the gap begins. */
  private final Map<Long, Long> gaps = new HashMap<>();

  /** The first offset from there that was never that of a record. */
  long startFrom(long offset) {
    long start = offset;
    while (usedStarts.contains(start)) {
      start += ALIGNMENT;
    }
    if (start > offset) {
      gaps.put(start, offset);
    }
    return start;
  }

  /** Adds a record; where the segment ends now. */
  long add(long start, long ending, long segmentEnd) {
    if (ending <= start || ending > segmentEnd || usedStarts.size() + dead.size() >= LIMIT) {
      return segmentEnd;
    }
    dead.put(start, ending);
    long end = segmentEnd;
    while (!dead.isEmpty() && dead.lastEntry().getValue() == end) {
      Map.Entry<Long, Long> last = dead.pollLastEntry();
      usedStarts.add(last.getKey());
      end = gaps.getOrDefault(last.getKey(), last.getKey());
    }
    return end;
  }
}
