package dev.lakebed.tables;

import dev.lakebed.tables.table.TableFiles;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** The keys of objects, by bucket. */
final class MemoryObjects implements TableFiles {
  private final ConcurrentMap<Long, NavigableSet<String>> keys = new ConcurrentHashMap<>();

  NavigableSet<String> of(long bucket) {
    return keys.computeIfAbsent(bucket, id -> new ConcurrentSkipListSet<>());
  }

  private List<String> under(long bucket, String prefix) {
    return of(bucket).stream().filter(key -> key.startsWith(prefix)).toList();
  }

  @Override
  public boolean exists(long bucket, String key) {
    return of(bucket).contains(key);
  }

  @Override
  public boolean anyUnder(long bucket, String prefix) {
    return !under(bucket, prefix).isEmpty();
  }

  @Override
  public boolean deleteSome(long bucket, String prefix, int limit) {
    under(bucket, prefix).stream().limit(limit).forEach(of(bucket)::remove);
    return anyUnder(bucket, prefix);
  }
}
