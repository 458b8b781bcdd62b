package dev.lakebed.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** Counts the entries of a listing by the closing tags of keys and common prefixes. */
final class CountedEntries implements BodySink {
  private static final byte[] KEY = "</Key>".getBytes(US_ASCII);
  private static final byte[] PREFIX = "</CommonPrefixes>".getBytes(US_ASCII);

  private int keyMatched;
  private int prefixMatched;
  private int count;

  @Override
  public void accept(ByteBuffer piece) {
    while (piece.hasRemaining()) {
      byte next = piece.get();
      keyMatched = advance(KEY, keyMatched, next);
      prefixMatched = advance(PREFIX, prefixMatched, next);
    }
  }

  /** The pattern's first byte occurs in it only once, so a mismatch restarts at 0 or 1. */
  private int advance(byte[] pattern, int matched, byte next) {
    int now = next == pattern[matched] ? matched + 1 : next == pattern[0] ? 1 : 0;
    if (now == pattern.length) {
      count++;
      return 0;
    }
    return now;
  }

  int count() {
    return count;
  }
}
