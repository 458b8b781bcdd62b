package dev.lakebed.storage.metadata;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.store.MetadataStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** What the contract tests share: a store and a fresh bucket for each test. */
public abstract class MetadataContract {
  protected MetadataStore store;
  protected Bucket bucket;

  protected abstract MetadataStore open();

  @BeforeEach
  void createBucket() {
    store = open();
    bucket = store.buckets().create(Samples.bucketName(), Bucket.Kind.GENERAL, Samples.OWNER);
  }

  protected boolean isReleased(BlobRef ref) {
    return store.releasedBlobs().page(Optional.empty(), Integer.MAX_VALUE).contains(ref);
  }

  /** Runs the same task on many threads at once; gives back what each returned. */
  protected static <T> List<T> together(int threads, Callable<T> task) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<T>> futures =
          IntStream.range(0, threads)
              .mapToObj(
                  i ->
                      executor.submit(
                          () -> {
                            start.await();
                            return task.call();
                          }))
              .toList();
      start.countDown();
      List<T> results = new java.util.ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }
}
