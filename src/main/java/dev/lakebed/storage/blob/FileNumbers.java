package dev.lakebed.storage.blob;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers for segments and chunk files. The upper half is the epoch of the volume, which grows
 * durably with each opening, so a number is never used twice and opening need not list files.
 */
final class FileNumbers {
  private static final int EPOCH_SHIFT = 32;

  private final AtomicLong last;

  FileNumbers(int epoch) {
    this.last = new AtomicLong((long) epoch << EPOCH_SHIFT);
  }

  long next() {
    return last.incrementAndGet();
  }

  static int epochOf(long number) {
    return (int) (number >>> EPOCH_SHIFT);
  }
}
