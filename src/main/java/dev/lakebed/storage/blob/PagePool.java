package dev.lakebed.storage.blob;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A bounded number of equally long arrays that are used again. */
final class PagePool {
  private final int pageBytes;
  private final int maxPages;
  private final int maxIdle;
  private final ArrayDeque<byte[]> idle = new ArrayDeque<>();
  private int taken;

  PagePool(int pageBytes, long budgetBytes) {
    this.pageBytes = pageBytes;
    this.maxPages = (int) Math.max(1, Math.min(Integer.MAX_VALUE, budgetBytes / pageBytes));
    // Most of the memory of a burst goes back to the heap.
    this.maxIdle = Math.max(1, maxPages / 4);
  }

  int pageBytes() {
    return pageBytes;
  }

  /** A page with undefined content, or null when all are taken. */
  byte @Nullable [] tryTake() {
    synchronized (idle) {
      if (taken == maxPages) {
        return null;
      }
      taken++;
      byte[] page = idle.pollLast();
      if (page != null) {
        return page;
      }
    }
    return new byte[pageBytes];
  }

  void giveBack(byte[] page) {
    synchronized (idle) {
      taken--;
      if (idle.size() < maxIdle) {
        idle.addLast(page);
      }
    }
  }
}
