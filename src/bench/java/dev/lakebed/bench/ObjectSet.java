package dev.lakebed.bench;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A bounded set of objects of one size in the endpoint's bucket. */
final class ObjectSet {
  private static final int FILLERS = 16;

  private final String prefix;
  private final int count;
  private final int perDirectory;
  private final Body body;
  private boolean filled;

  /**
   * @param prefix path of the set: {@code /bucket/name-size/}
   * @param perDirectory keys that share a common prefix, 0 for a flat set
   */
  private ObjectSet(String prefix, int count, int perDirectory, Body body) {
    this.prefix = prefix;
    this.count = count;
    this.perDirectory = perDirectory;
    this.body = body;
  }

  static ObjectSet flat(Endpoint endpoint, String name, int count, Body body) {
    return new ObjectSet(prefix(endpoint, name, body), count, 0, body);
  }

  static ObjectSet nested(Endpoint endpoint, String name, int count, int perDirectory, Body body) {
    return new ObjectSet(prefix(endpoint, name, body), count, perDirectory, body);
  }

  private static String prefix(Endpoint endpoint, String name, Body body) {
    return "/" + endpoint.bucket() + "/" + name + "-" + body.length() + "/";
  }

  int count() {
    return count;
  }

  Body body() {
    return body;
  }

  String bucketPath() {
    return prefix.substring(0, prefix.indexOf('/', 1));
  }

  /** The path of the set without the bucket, ending in a slash. */
  String keyPrefix() {
    return prefix.substring(prefix.indexOf('/', 1) + 1);
  }

  /** The key without the set's prefix; keys sort like their numbers. */
  String name(int index) {
    String number = Integer.toString(1_000_000_000 + index).substring(1);
    return perDirectory == 0
        ? number
        : Integer.toString(1_000_000_000 + index / perDirectory).substring(1) + "/" + number;
  }

  String path(int index) {
    return prefix + name(index);
  }

  /** Writes every object, unless that was done before. */
  void fill(Endpoint endpoint) throws IOException {
    if (!filled) {
      Buckets.create(endpoint);
      forEach(endpoint, 0, path -> Outgoing.s3("PUT", path, "", body));
      filled = true;
    }
  }

  /** Removes the objects from number {@code first} on; missing ones are fine. */
  void delete(Endpoint endpoint, int first) throws IOException {
    forEach(endpoint, first, path -> Outgoing.s3("DELETE", path));
    filled = false;
  }

  private void forEach(Endpoint endpoint, int first, Request request) throws IOException {
    AtomicInteger next = new AtomicInteger(first);
    Workers.runAll(
        endpoint,
        Math.min(FILLERS, count),
        client -> {
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            try {
              client.call(request.of(path(i)));
            } catch (RefusedException e) {
              if (e.status() != 404) {
                throw e;
              }
            }
          }
        });
  }

  /** Makes the request for a path. */
  @FunctionalInterface
  private interface Request {
    Outgoing of(String path);
  }
}
