package dev.lakebed.storage.metadata.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.metadata.DatabaseSettings;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.Samples;
import dev.lakebed.storage.metadata.TestStores;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.StoredObject;
import dev.lakebed.support.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A lost database loses nothing and heals without hands. */
@Evidence({"promise-1", "promise-6"})
class DatabaseFailureTest {
  private static final int WRITERS = 8;
  private static final int KILLS = 3;

  @Test
  void a_server_killed_under_load_comes_back_with_every_acknowledged_object() throws Exception {
    try (MetadataStore store =
            MetadataStore.open(new DatabaseSettings.Embedded(TestStores.directory()));
        ExecutorService executor = Executors.newFixedThreadPool(WRITERS)) {
      Bucket bucket =
          store.buckets().create(Samples.bucketName(), Bucket.Kind.GENERAL, Samples.OWNER);
      AtomicBoolean stop = new AtomicBoolean();
      List<Future<List<StoredObject>>> writers = new ArrayList<>();
      CountDownLatch[] rounds = new CountDownLatch[KILLS + 1];
      for (int i = 0; i <= KILLS; i++) {
        rounds[i] = new CountDownLatch(100);
      }
      var round = new java.util.concurrent.atomic.AtomicInteger();
      for (int i = 0; i < WRITERS; i++) {
        String stem = "w" + i + "/";
        writers.add(executor.submit(writer(store, bucket, stem, stop, () -> rounds[round.get()])));
      }
      for (int i = 0; i < KILLS; i++) {
        rounds[i].await();
        round.incrementAndGet();
        kill(store.serverPid());
      }
      rounds[KILLS].await();
      stop.set(true);
      for (Future<List<StoredObject>> writer : writers) {
        for (StoredObject acknowledged : writer.get()) {
          assertThat(store.objects().find(bucket.id(), acknowledged.key())).contains(acknowledged);
        }
      }
    }
  }

  private static Callable<List<StoredObject>> writer(
      MetadataStore store,
      Bucket bucket,
      String stem,
      AtomicBoolean stop,
      java.util.function.Supplier<CountDownLatch> progress) {
    return () -> {
      List<StoredObject> acknowledged = new ArrayList<>();
      for (int n = 0; !stop.get(); n++) {
        StoredObject object = Samples.object(bucket.id(), stem + n, Samples.segment());
        try {
          store.objects().put(object, WriteCondition.NONE);
          acknowledged.add(object);
          progress.get().countDown();
        } catch (MetadataUnavailableException e) {
          assertThat(e.getCause()).isNotNull();
        }
      }
      return acknowledged;
    };
  }

  private static void kill(long pid) {
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
  }
}
