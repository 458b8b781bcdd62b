package dev.lakebed.bench;

import java.io.IOException;
import java.util.SplittableRandom;

/** PUT, GET and HEAD over a set of objects that outlives the run. */
final class ObjectWorkload implements Workload {
  private final Operation operation;
  private final ObjectSet objects;
  private final boolean verify;

  /** {@code verify} compares every byte read with what was stored. */
  ObjectWorkload(Operation operation, ObjectSet objects, boolean verify) {
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
    return objects.body().length();
  }

  @Override
  public void prepare(Endpoint endpoint, int workers) throws IOException {
    if (objects.count() < workers) {
      throw new IllegalArgumentException(workers + " workers need as many keys");
    }
    objects.fill(endpoint);
  }

  @Override
  public Task task(int worker, int workers) {
    return switch (operation) {
      case PUT -> put(worker, workers);
      case GET -> get(new SplittableRandom(worker));
      case HEAD -> head(new SplittableRandom(worker));
      default -> throw new IllegalStateException("not an object operation: " + operation);
    };
  }

  /** Overwrites the worker's own keys in turn. */
  private Task put(int worker, int workers) {
    int own = objects.count() / workers;
    int[] next = {0};
    return client -> {
      next[0] = (next[0] + 1) % own;
      String path = objects.path(worker + workers * next[0]);
      client.call(Outgoing.s3("PUT", path, "", objects.body()));
      return objects.body().length();
    };
  }

  private Task get(SplittableRandom random) {
    return client -> {
      Outgoing request = Outgoing.s3("GET", objects.path(random.nextInt(objects.count())));
      BodySink sink = verify ? new ExpectedBody(objects.body()) : BodySink.DISCARD;
      checkLength(client.call(request, sink));
      return objects.body().length();
    };
  }

  private Task head(SplittableRandom random) {
    return client -> {
      checkLength(client.call(Outgoing.s3("HEAD", objects.path(random.nextInt(objects.count())))));
      return 0;
    };
  }

  private void checkLength(ReplyHead head) throws IOException {
    if (head.contentLength() != objects.body().length()) {
      throw new IOException("wrong Content-Length");
    }
  }

  /** The objects stay for the next run. */
  @Override
  public void cleanUp(Endpoint endpoint) {}
}
