package dev.lakebed.bench;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** DELETE of objects that exist, each once; the run ends early when all are gone. */
final class DeleteWorkload implements Workload {
  private final ObjectSet objects;
  private final AtomicInteger next = new AtomicInteger();

  DeleteWorkload(ObjectSet objects) {
    this.objects = objects;
  }

  @Override
  public String operation() {
    return Operation.DELETE.name();
  }

  @Override
  public int size() {
    return 0;
  }

  @Override
  public void prepare(Endpoint endpoint, int workers) throws IOException {
    objects.fill(endpoint);
    next.set(0);
  }

  @Override
  public Task task(int worker, int workers) {
    return client -> {
      int index = next.getAndIncrement();
      if (index >= objects.count()) {
        return EXHAUSTED;
      }
      client.call(Outgoing.s3("DELETE", objects.path(index)));
      return 0;
    };
  }

  @Override
  public void cleanUp(Endpoint endpoint) throws IOException {
    objects.delete(endpoint, next.get());
  }
}
