package dev.lakebed.sts.outbound;

import java.io.IOException;

/** Fetches a small document. */
@FunctionalInterface
public interface Fetcher {
  /**
   * The document's bytes.
   *
   * @throws IOException when it may not be asked for, cannot be had, or is too large
   */
  byte[] get(Destination destination) throws IOException;
}
