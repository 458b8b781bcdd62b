package dev.lakebed.storage.metadata.tables;

/** Ranges over names in byte order. Names hold only lower-case letters, digits, {@code _}, -. */
final class NameRange {
  private NameRange() {}

  /** Exclusive end of the names that start with {@code prefix}: {@code ~} sorts after them all. */
  static String end(String prefix) {
    return prefix + '~';
  }
}
