package dev.lakebed.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Writers at work on one server, and the knowledge of what the server promised them. */
final class MixedLoad {
  private static final int WRITERS = 6;
  private static final String BUCKET = "crash";
  private static final String TABLE_BUCKET = "crash-tables";

  private final boolean withTables;
  private final List<Writer> writers = new ArrayList<>();
  private String tableBucketArn = "";

  /** What cuts the power. */
  @FunctionalInterface
  interface PowerCut {
    void run() throws Exception;
  }

  private MixedLoad(boolean withTables) {
    this.withTables = withTables;
  }

  /** Of S3 only. */
  static MixedLoad ofObjects() {
    return new MixedLoad(false);
  }

  /** Of S3 and S3 Tables. */
  static MixedLoad ofObjectsAndTables() {
    return new MixedLoad(true);
  }

  void prepare(Clients clients) {
    clients.s3().createBucket(r -> r.bucket(BUCKET));
    if (withTables) {
      prepareTables(clients);
    } else {
      for (int i = 0; i < WRITERS; i++) {
        writers.add(new Writer(i, BUCKET, Optional.empty()));
      }
    }
  }

  private void prepareTables(Clients clients) {
    tableBucketArn = clients.tables().createTableBucket(r -> r.name(TABLE_BUCKET)).arn();
    clients
        .tables()
        .createNamespace(r -> r.tableBucketARN(tableBucketArn).namespace(TablePointer.NAMESPACE));
    for (int i = 0; i < WRITERS; i++) {
      TablePointer table = new TablePointer(tableBucketArn, "t" + i);
      table.create(clients);
      writers.add(new Writer(i, BUCKET, Optional.of(table)));
    }
  }

  /** Writes until so many writes are acknowledged, then goes on writing while the power is cut. */
  void runUntilPowerFails(Clients clients, int acknowledgements, PowerCut cut) throws Exception {
    untilPowerFails(
        writers.stream().<Runnable>map(writer -> () -> writer.write(clients)).toList(),
        acknowledgements,
        cut);
  }

  /**
   * Has clients do one step after the other until so many were done, and go on while the power is
   * cut; what has no answer then is no failure.
   */
  static void untilPowerFails(List<Runnable> clients, int steps, PowerCut cut) throws Exception {
    AtomicBoolean powerFails = new AtomicBoolean();
    CountDownLatch progress = new CountDownLatch(steps);
    try (ExecutorService threads = Executors.newFixedThreadPool(clients.size())) {
      List<Future<?>> results = new ArrayList<>();
      for (Runnable client : clients) {
        results.add(threads.submit(() -> repeat(client, progress, powerFails)));
      }
      progress.await();
      powerFails.set(true);
      cut.run();
      for (Future<?> result : results) {
        result.get();
      }
    }
  }

  private static void repeat(Runnable client, CountDownLatch progress, AtomicBoolean powerFails) {
    try {
      while (true) {
        client.run();
        progress.countDown();
      }
    } catch (SdkException unanswered) {
      if (!powerFails.get()) {
        throw unanswered;
      }
    } finally {
      // A client that fails must not leave the test waiting for its progress.
      while (!powerFails.get() && progress.getCount() > 0) {
        progress.countDown();
      }
    }
  }

  /** Compares everything with what was promised; takes over what it finds. */
  void verify(Clients clients) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<?>> results = new ArrayList<>();
      for (Writer writer : writers) {
        results.add(threads.submit(() -> verify(writer, clients)));
      }
      for (Future<?> result : results) {
        result.get();
      }
    }
    assertThat(listed(clients.s3())).isEqualTo(promised());
  }

  private static void verify(Writer writer, Clients clients) {
    writer.table().ifPresent(table -> table.settle(clients.tables()));
    Stream.concat(writer.objects(), writer.table().stream().flatMap(t -> t.files().stream()))
        .forEach(object -> verify(object, clients.s3()));
  }

  private static void verify(ObjectState object, S3Client s3) {
    Optional<ObjectState.Completion> lost = object.settle(read(object, s3));
    if (lost.isPresent()) {
      // The upload is absent as an object, so it must still be there as an upload, with its parts.
      ObjectWrites.complete(s3, object, lost.get());
      object.done();
      assertThat(object.settle(read(object, s3))).isEmpty();
    }
  }

  private static Optional<Version> read(ObjectState object, S3Client s3) {
    try {
      ResponseBytes<GetObjectResponse> answer =
          s3.getObjectAsBytes(r -> r.bucket(object.bucket()).key(object.key()));
      return Optional.of(Version.read(answer.asByteArrayUnsafe(), answer.response().eTag()));
    } catch (NoSuchKeyException absent) {
      return Optional.empty();
    }
  }

  private static Map<String, String> listed(S3Client s3) {
    Map<String, String> found = new HashMap<>();
    for (S3Object object : s3.listObjectsV2Paginator(r -> r.bucket(BUCKET)).contents()) {
      found.put(object.key(), object.size() + " " + object.eTag());
    }
    return found;
  }

  private Map<String, String> promised() {
    Map<String, String> promised = new HashMap<>();
    writers.stream()
        .flatMap(Writer::objects)
        .forEach(
            object ->
                object
                    .acknowledged()
                    .ifPresent(v -> promised.put(object.key(), v.size() + " " + v.etag())));
    return promised;
  }

  /** Deletes everything, which works only on a server whose bookkeeping is whole. */
  void removeAll(Clients clients) {
    S3Client s3 = clients.s3();
    assertThat(promised()).isNotEmpty();
    assertThatThrownBy(() -> s3.deleteBucket(r -> r.bucket(BUCKET)))
        .isInstanceOfSatisfying(
            S3Exception.class,
            refused ->
                assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("BucketNotEmpty"));
    writers.forEach(writer -> ObjectWrites.deleteAll(s3, writer.objects().toList()));
    abortLeftUploads(s3);
    s3.deleteBucket(r -> r.bucket(BUCKET));
    if (withTables) {
      removeTables(clients);
    }
    assertThat(s3.listBuckets().buckets()).isEmpty();
  }

  private void removeTables(Clients clients) {
    writers.forEach(writer -> writer.table().orElseThrow().delete(clients.tables()));
    clients
        .tables()
        .deleteNamespace(r -> r.tableBucketARN(tableBucketArn).namespace(TablePointer.NAMESPACE));
    clients.tables().deleteTableBucket(r -> r.tableBucketARN(tableBucketArn));
  }

  /** Ends the uploads that the power cut left unfinished. */
  void abortLeftUploads(S3Client s3) {
    s3.listMultipartUploadsPaginator(r -> r.bucket(BUCKET))
        .uploads()
        .forEach(
            upload ->
                s3.abortMultipartUpload(
                    r -> r.bucket(BUCKET).key(upload.key()).uploadId(upload.uploadId())));
    assertThat(s3.listMultipartUploads(r -> r.bucket(BUCKET)).uploads()).isEmpty();
  }
}
