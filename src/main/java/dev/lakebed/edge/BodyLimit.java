package dev.lakebed.edge;

import dev.lakebed.wire.Request;
import java.util.concurrent.Semaphore;

/**
 * Bounds how many requests with a body are in work, so that slow uploads never hold every thread:
 * requests without a body always find one.
 */
final class BodyLimit {
  private final Semaphore places;

  BodyLimit(int places) {
    this.places = new Semaphore(places);
  }

  /** Takes a place if the request has a body; false when none is free. */
  boolean enter(Request request) {
    return !hasBody(request) || places.tryAcquire();
  }

  /** Gives the place back. */
  void leave(Request request) {
    if (hasBody(request)) {
      places.release();
    }
  }

  private static boolean hasBody(Request request) {
    return request.headers().has("transfer-encoding")
        || request.headers().first("content-length").filter(l -> !l.equals("0")).isPresent();
  }
}
