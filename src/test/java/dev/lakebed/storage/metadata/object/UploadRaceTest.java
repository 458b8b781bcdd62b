package dev.lakebed.storage.metadata.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.metadata.MetadataContract;
import dev.lakebed.storage.metadata.Samples;
import dev.lakebed.storage.metadata.StatementPipeline;
import dev.lakebed.storage.metadata.TestStores;
import dev.lakebed.storage.metadata.object.ObjectStatements.EncodedObject;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.StoredObject.Chunk;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import dev.lakebed.storage.metadata.object.WriteSet.Write;
import dev.lakebed.storage.metadata.store.MetadataStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to an upload at the same time, no blob is both named and released, or neither.
 */
class UploadRaceTest extends MetadataContract {
  private static final int ROUNDS = 200;

  private final ExecutorService others = Executors.newCachedThreadPool();

  @Override
  protected MetadataStore open() {
    return TestStores.external();
  }

  @AfterEach
  void stop() {
    others.shutdown();
  }

  @Test
  void a_part_sent_again_while_its_upload_completes_takes_no_bytes_from_the_object()
      throws Exception {
    Set<BlobRef> named = new HashSet<>();
    Set<BlobRef> unnamed = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      Upload upload = created("k" + round);
      StoredPart first = Samples.part(1, Samples.chunk());
      StoredPart again = Samples.part(1, Samples.chunk());
      store.uploads().putPart(upload, first);
      CyclicBarrier start = new CyclicBarrier(2);
      long delay = round % 20 * 50_000L;
      Future<Boolean> sent =
          others.submit(
              () -> {
                start.await();
                return store.uploads().putPart(upload, again);
              });
      start.await();
      LockSupport.parkNanos(delay);
      StoredObject object =
          store.uploads().complete(upload, Samples.made(upload), WriteCondition.NONE).orElseThrow();
      named.add(object.chunks().getFirst().ref());
      if (sent.get()) {
        assertThat(object.chunks().getFirst().ref()).isEqualTo(again.ref());
        unnamed.add(first.ref());
      } else {
        assertThat(object.chunks().getFirst().ref()).isEqualTo(first.ref());
      }
    }
    assertThat(released()).doesNotContainAnyElementsOf(named).containsAll(unnamed);
  }

  @Test
  void a_part_that_comes_while_its_upload_completes_is_refused() throws Exception {
    Upload upload = created("k");
    StoredPart first = Samples.part(1, Samples.chunk());
    StoredPart again = Samples.part(1, Samples.chunk());
    store.uploads().putPart(upload, first);
    AtomicReference<Future<Boolean>> sent = new AtomicReference<>();
    StoredObject object =
        store
            .uploads()
            .complete(
                upload,
                parts -> {
                  sent.set(blocked(() -> store.uploads().putPart(upload, again)));
                  return Samples.made(upload).apply(parts);
                },
                WriteCondition.NONE)
            .orElseThrow();
    assertThat(sent.get().get()).isFalse();
    assertThat(object.chunks()).extracting(Chunk::ref).containsExactly(first.ref());
    assertThat(isReleased(first.ref())).isFalse();
  }

  @Test
  void a_part_in_flight_when_its_bucket_is_deleted_is_released() throws Exception {
    Upload upload = created("k");
    StoredPart part = Samples.part(1, Samples.chunk());
    Future<Boolean> deleted =
        whilePartIsInFlight(upload, part, () -> store.buckets().delete(bucket));
    assertThat(deleted.get()).isTrue();
    assertThat(isReleased(part.ref())).isTrue();
  }

  @Test
  void a_part_in_flight_when_its_upload_is_aborted_is_released() throws Exception {
    Upload upload = created("k");
    StoredPart part = Samples.part(1, Samples.chunk());
    Future<Boolean> aborted =
        whilePartIsInFlight(upload, part, () -> store.uploads().abort(upload));
    assertThat(aborted.get()).isTrue();
    assertThat(isReleased(part.ref())).isTrue();
  }

  @Test
  void a_part_in_flight_counts_as_named() throws Exception {
    Upload upload = created("k");
    StoredPart part = Samples.part(1, Samples.chunk());
    Future<Boolean> named =
        whilePartIsInFlight(
            upload, part, () -> store.blobNames().isNamed(bucket.id(), "k", part.ref()));
    assertThat(named.get()).isTrue();
  }

  @Test
  void an_object_whose_commit_is_under_way_counts_as_named() throws Exception {
    BlobRef ref = Samples.chunk();
    Write put =
        new Write.Put(EncodedObject.of(Samples.object(bucket.id(), "k", ref)), WriteCondition.NONE);
    Future<Boolean> named =
        store
            .database()
            .onConnection(
                connection -> {
                  LockedObjects locked = LockedObjects.take(connection, List.of(put.target()));
                  WriteSet set = new WriteSet(locked);
                  assertThat(set.apply(put)).isEmpty();
                  StatementPipeline pipeline = new StatementPipeline();
                  ObjectStatements.add(pipeline, set, 0);
                  try (var statement = pipeline.prepare(connection)) {
                    statement.execute();
                  }
                  return blocked(() -> store.blobNames().isNamed(bucket.id(), "k", ref));
                });
    assertThat(named.get()).isTrue();
  }

  private Upload created(String key) {
    Upload upload = Samples.upload(bucket.id(), key);
    store.uploads().create(upload);
    return upload;
  }

  private Set<BlobRef> released() {
    return new HashSet<>(store.releasedBlobs().page(Optional.empty(), Integer.MAX_VALUE));
  }

  /** Does something else between the last statement that stores a part and its commit. */
  private <T> Future<T> whilePartIsInFlight(Upload upload, StoredPart part, Callable<T> other) {
    return store
        .database()
        .onConnection(
            connection -> {
              Optional<OpenUpload> open = OpenUpload.shared(connection, upload);
              open.orElseThrow().put(part);
              return blocked(other);
            });
  }

  /** Starts a task and waits until the database keeps it waiting for a lock. */
  private <T> Future<T> blocked(Callable<T> task) {
    int before = waiting();
    Future<T> started = others.submit(task);
    while (waiting() <= before && !started.isDone()) {
      LockSupport.parkNanos(1_000_000);
    }
    return started;
  }

  private int waiting() {
    return store.database().read(UploadRaceTest::waiting);
  }

  private static int waiting(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")) {
      row.next();
      return row.getInt(1);
    }
  }
}
