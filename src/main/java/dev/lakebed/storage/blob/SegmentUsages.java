package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.volume.BlobRef;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts per segment, so that sparse segments can be found. */
final class SegmentUsages {
  private record Counters(LongAdder committed, LongAdder released) {}

  private final ConcurrentHashMap<Long, Counters> segments = new ConcurrentHashMap<>();

  void committed(BlobRef ref) {
    counters(ref).committed.add(ref.length());
  }

  void released(BlobRef ref) {
    counters(ref).released.add(ref.length());
  }

  private Counters counters(BlobRef ref) {
    return segments.computeIfAbsent(
        ref.file(), number -> new Counters(new LongAdder(), new LongAdder()));
  }

  List<SegmentUsage> list() {
    return segments.entrySet().stream()
        .map(
            entry ->
                new SegmentUsage(
                    entry.getKey(),
                    entry.getValue().committed.sum(),
                    entry.getValue().released.sum()))
        .toList();
  }
}
