package dev.lakebed.storage.metadata;

/** The stretch of keys that a listing goes through. */
final class ListRange {
  private final byte[] from;
  private final byte[] until;
  private final int skip;

  private ListRange(byte[] from, byte[] until, int skip) {
    this.from = from;
    this.until = until;
    this.skip = skip;
  }

  /**
   * Keys that start with {@code prefix}, after {@code after}.
   *
   * @param skipPrefix whether all keys that start with {@code after} lie before the range too
   */
  static ListRange of(String prefix, String after, boolean skipPrefix) {
    byte[] start = KeyBytes.of(prefix);
    byte[] last = KeyBytes.of(after);
    byte[] from = start;
    if (last.length > 0) {
      byte[] next = skipPrefix ? KeyBytes.afterAll(last) : KeyBytes.after(last);
      from = KeyBytes.later(start, next);
    }
    return new ListRange(from, KeyBytes.afterAll(start), start.length);
  }

  /** First key of the range; the array itself, not to be changed. */
  byte[] from() {
    return from;
  }

  /** First key after the range; the array itself, not to be changed. */
  byte[] until() {
    return until;
  }

  /** Length of the prefix in bytes. */
  int skip() {
    return skip;
  }
}
