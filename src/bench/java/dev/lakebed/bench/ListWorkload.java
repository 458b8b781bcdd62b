package dev.lakebed.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * ListObjectsV2 pages of up to 1000 entries. Flat pages start behind a random key, so that every
 * part of the listing is visited; with a delimiter the page holds common prefixes.
 */
final class ListWorkload implements Workload {
  static final int PAGE = 1000;

  private final Operation operation;
  private final ObjectSet objects;
  private final boolean verify;

  ListWorkload(Operation operation, ObjectSet objects, boolean verify) {
    this.operation = operation;
    this.objects = objects;
    this.verify = verify;
  }

  @Override
  public String operation() {
    return operation.name();
  }

  @Override
  public int size() {
    return 0;
  }

  @Override
  public void prepare(Endpoint endpoint, int workers) throws IOException {
    objects.fill(endpoint);
  }

  @Override
  public Task task(int worker, int workers) {
    SplittableRandom random = new SplittableRandom(worker);
    return client -> {
      Outgoing request = request(random);
      CountedEntries entries = new CountedEntries();
      client.call(request, verify ? entries : BodySink.DISCARD);
      if (verify && entries.count() != PAGE) {
        throw new IOException("page has " + entries.count() + " entries");
      }
      return 0;
    };
  }

  private Outgoing request(SplittableRandom random) {
    String delimiter = operation == Operation.LIST_DELIMITER ? "delimiter=%2F&" : "";
    String start = "";
    if (operation == Operation.LIST) {
      int last = Math.max(1, objects.count() - PAGE);
      start = "&start-after=" + encode(objects.keyPrefix() + objects.name(random.nextInt(last)));
    }
    String query =
        delimiter
            + "list-type=2&max-keys="
            + PAGE
            + "&prefix="
            + encode(objects.keyPrefix())
            + start;
    return Outgoing.s3("GET", objects.bucketPath(), query, Body.EMPTY);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The objects stay for the next run. */
  @Override
  public void cleanUp(Endpoint endpoint) {}
}
