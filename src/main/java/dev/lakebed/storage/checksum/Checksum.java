package dev.lakebed.storage.checksum;

/** A checksum in the making. Not for use by several threads at once. */
public interface Checksum extends AutoCloseable {
  void update(byte[] bytes, int offset, int length);

  /** The value of all bytes taken, big-endian. Ends the use of this object. */
  byte[] digest();

  /** Ends the use of this object without a value; nothing happens when it has ended. */
  @Override
  default void close() {}
}
