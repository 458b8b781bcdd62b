package dev.lakebed.storage.blob;

/** Keeps blobs where they are, also when they are released meanwhile, until it is closed. */
public interface Pins extends AutoCloseable {
  /** Lets the blobs go. Idempotent. */
  @Override
  void close();
}
