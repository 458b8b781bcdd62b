package dev.lakebed.kit;

import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.iam.UsedAssertions;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Used assertions in memory; the table of several nodes. */
public final class MemoryAssertions implements UsedAssertions {
  /** As if the database were away. */
  public volatile boolean away;

  private final Map<String, Instant> all = new ConcurrentHashMap<>();

  @Override
  public boolean add(String id, Instant until) {
    if (away) {
      throw new MetadataUnavailableException("away");
    }
    return all.putIfAbsent(id, until) == null;
  }

  @Override
  public void forgetBefore(Instant now) {
    all.values().removeIf(until -> until.isBefore(now));
  }
}
