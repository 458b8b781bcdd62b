package dev.lakebed.limit;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers what was asked for last, a bounded number of it. Not safe for several threads. */
public final class LruMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private final int most;

  public LruMap(int most) {
    super(64, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
