package dev.lakebed.bench;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One worker of mixed load: of a hundred operations about 50 read, 25 write, 15 delete, 4 list, 2
 * upload in parts and 4 assume a role. It knows which of its own objects live, and reads no others.
 */
final class SoakTask implements Workload.Task {
  private static final int SMALLEST = 4 << 10;

  /** How often the smallest size can be doubled. */
  private static final int DOUBLINGS = 11;

  private static final List<Body> BODIES = bodies();

  private final String prefix;
  private final int keys;
  private final Others others;
  private final SplittableRandom random;
  private final Map<Integer, Body> live = new HashMap<>();

  /**
   * What is no read, write or deletion of an object.
   *
   * @param list a page of the objects of all workers
   * @param multipart a whole upload in parts
   */
  record Others(Workload.Task list, Workload.Task multipart, Workload.Task assumeRole) {}

  /**
   * @param prefix of its objects: {@code /bucket/path/}
   * @param keys how many of them live at most
   */
  SoakTask(String prefix, int keys, Others others, SplittableRandom random) {
    this.prefix = prefix;
    this.keys = keys;
    this.others = others;
    this.random = random;
  }

  @Override
  public long run(Client client) throws IOException {
    int choice = random.nextInt(100);
    int key = random.nextInt(keys);
    if (choice < 90) {
      return object(client, choice, key);
    }
    Workload.Task other =
        choice < 94 ? others.list() : choice < 96 ? others.multipart() : others.assumeRole();
    return other.run(client);
  }

  /** After a failure nobody knows whether the object lives: it is written next. */
  private long object(Client client, int choice, int key) throws IOException {
    Body stored = live.remove(key);
    if (stored == null || choice < 25) {
      Body body = body(random);
      client.call(Outgoing.s3("PUT", prefix + key, "", body));
      live.put(key, body);
      return body.length();
    }
    if (choice < 40) {
      client.call(Outgoing.s3("DELETE", prefix + key));
      return 0;
    }
    ReplyHead head = client.call(Outgoing.s3("GET", prefix + key), new ExpectedBody(stored));
    if (head.contentLength() != stored.length()) {
      throw new IOException("wrong Content-Length");
    }
    live.put(key, stored);
    return stored.length();
  }

  /** From 4 KiB to 8 MiB: each doubling is half as likely. */
  static Body body(SplittableRandom random) {
    return BODIES.get(Integer.numberOfTrailingZeros(random.nextInt() | 1 << DOUBLINGS));
  }

  private static List<Body> bodies() {
    Body largest = Body.random(SMALLEST << DOUBLINGS);
    return IntStream.rangeClosed(0, DOUBLINGS)
        .mapToObj(doublings -> largest.first(SMALLEST << doublings))
        .toList();
  }

  /** Removes what lives. */
  void cleanUp(Client client) throws IOException {
    for (int key : List.copyOf(live.keySet())) {
      client.call(Outgoing.s3("DELETE", prefix + key));
      live.remove(key);
    }
  }
}
