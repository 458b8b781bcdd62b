package dev.lakebed.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Mixed load by workers whose objects outlive a run, so that it can be measured minute by minute.
 */
final class SoakWorkload implements Workload {
  private static final int PART = 5 << 20;
  private static final int PARTS = 2;
  private static final int PAGE = 100;

  private final MultipartWorkload multipart;
  private final List<SoakTask> tasks;

  /**
   * @param keys how many objects of a worker live at most
   * @param roleArn role to assume; the caller's own rights when there is none
   */
  SoakWorkload(Endpoint endpoint, int workers, int keys, Optional<String> roleArn) {
    String bucket = "/" + endpoint.bucket();
    multipart =
        new MultipartWorkload(
            ObjectSet.flat(endpoint, "soak-parts", workers, Body.EMPTY), Body.random(PART), PARTS);
    Task assumeRole = new AssumeRoleWorkload(roleArn, endpoint.bucket()).task(0, 1);
    String page = "list-type=2&max-keys=" + PAGE + "&prefix=soak%2F";
    Task list =
        client -> {
          client.call(Outgoing.s3("GET", bucket, page, Body.EMPTY));
          return 0;
        };
    tasks =
        IntStream.range(0, workers)
            .mapToObj(
                worker ->
                    new SoakTask(
                        bucket + "/soak/" + worker + "/",
                        keys,
                        new SoakTask.Others(list, multipart.task(worker, workers), assumeRole),
                        new SplittableRandom(worker)))
            .toList();
  }

  @Override
  public String operation() {
    return "SOAK";
  }

  @Override
  public int size() {
    return 0;
  }

  @Override
  public void prepare(Endpoint endpoint, int workers) throws IOException {
    Buckets.create(endpoint);
  }

  @Override
  public Task task(int worker, int workers) {
    return tasks.get(worker);
  }

  @Override
  public void cleanUp(Endpoint endpoint) throws IOException {
    AtomicInteger next = new AtomicInteger();
    Workers.runAll(
        endpoint, tasks.size(), client -> tasks.get(next.getAndIncrement()).cleanUp(client));
    multipart.cleanUp(endpoint);
  }
}
