package dev.lakebed.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Writes of objects, each noted before it is sent and again when it is acknowledged. */
final class ObjectWrites {
  static final int PART = 5 * 1024 * 1024;

  private ObjectWrites() {}

  static void put(
      S3Client s3, ObjectState object, Content content, Consumer<PutObjectRequest.Builder> more) {
    byte[] bytes = content.bytes();
    Version version = Version.put(bytes);
    object.writing(version);
    String etag =
        s3.putObject(
                r -> more.accept(r.bucket(object.bucket()).key(object.key())),
                RequestBody.fromBytes(bytes))
            .eTag();
    assertThat(etag).isEqualTo(version.etag());
    object.done();
  }

  /** A PUT that only one who finds nothing wins. */
  static void putIfAbsent(S3Client s3, ObjectState object, Content content) {
    boolean absent = object.acknowledged().isEmpty();
    conditional(object, absent, () -> put(s3, object, content, r -> r.ifNoneMatch("*")));
  }

  /** A PUT that only one who knows the current ETag wins. */
  static void putIfMatch(S3Client s3, ObjectState object, Content content, boolean knowing) {
    String etag = object.acknowledged().orElseThrow().etag();
    String condition = knowing ? etag : "\"00000000000000000000000000000000\"";
    conditional(object, knowing, () -> put(s3, object, content, r -> r.ifMatch(condition)));
  }

  private static void conditional(ObjectState object, boolean holds, Runnable write) {
    boolean written = false;
    try {
      write.run();
      written = true;
    } catch (S3Exception refused) {
      if (refused.statusCode() != 412) {
        throw refused;
      }
      object.refused();
    }
    assertThat(written).as("conditional write of %s", object.key()).isEqualTo(holds);
  }

  static void delete(S3Client s3, ObjectState object) {
    object.deleting();
    s3.deleteObject(r -> r.bucket(object.bucket()).key(object.key()));
    object.done();
  }

  static void deleteAll(S3Client s3, List<ObjectState> objects) {
    objects.forEach(ObjectState::deleting);
    List<ObjectIdentifier> keys =
        objects.stream().map(o -> ObjectIdentifier.builder().key(o.key()).build()).toList();
    DeleteObjectsResponse answer =
        s3.deleteObjects(r -> r.bucket(objects.getFirst().bucket()).delete(d -> d.objects(keys)));
    assertThat(answer.errors()).isEmpty();
    objects.forEach(ObjectState::done);
  }

  static void copy(S3Client s3, ObjectState from, ObjectState to) {
    to.writing(from.acknowledged().orElseThrow());
    s3.copyObject(
        r ->
            r.sourceBucket(from.bucket())
                .sourceKey(from.key())
                .destinationBucket(to.bucket())
                .destinationKey(to.key()));
    to.done();
  }

  /**
   * A multipart upload of two parts.
   *
   * @param again whether both parts are sent a second time while the upload is completed, as by a
   *     client that gave up waiting for the first answer
   */
  static void multipart(S3Client s3, ObjectState object, Content content, boolean again) {
    byte[] bytes = content.bytes();
    String id = begin(s3, object);
    List<CompletedPart> parts = parts(s3, object, id, bytes);
    ObjectState.Completion completion = new ObjectState.Completion(id, parts);
    object.completing(Version.multipart(bytes, PART), completion);
    try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
      Future<?> late = threads.submit(() -> again && sentAgain(s3, object, id, bytes));
      complete(s3, object, completion);
      object.done();
      late.get();
    } catch (ExecutionException e) {
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean sentAgain(S3Client s3, ObjectState object, String id, byte[] bytes) {
    try {
      return !parts(s3, object, id, bytes).isEmpty();
    } catch (NoSuchUploadException late) {
      return false; // it was completed before
    }
  }

  /** An upload that is given up; the object stays as it is. */
  static void abort(S3Client s3, ObjectState object, Content content) {
    String id = begin(s3, object);
    parts(s3, object, id, content.bytes());
    s3.abortMultipartUpload(r -> r.bucket(object.bucket()).key(object.key()).uploadId(id));
    assertThat(isOpen(s3, object, id)).as("aborted upload of %s", object.key()).isFalse();
  }

  private static boolean isOpen(S3Client s3, ObjectState object, String id) {
    try {
      s3.listParts(r -> r.bucket(object.bucket()).key(object.key()).uploadId(id));
      return true;
    } catch (NoSuchUploadException gone) {
      return false;
    }
  }

  private static String begin(S3Client s3, ObjectState object) {
    return s3.createMultipartUpload(r -> r.bucket(object.bucket()).key(object.key())).uploadId();
  }

  private static List<CompletedPart> parts(
      S3Client s3, ObjectState object, String id, byte[] bytes) {
    return List.of(
        part(s3, object, id, 1, Arrays.copyOf(bytes, PART)),
        part(s3, object, id, 2, Arrays.copyOfRange(bytes, PART, bytes.length)));
  }

  static void complete(S3Client s3, ObjectState object, ObjectState.Completion completion) {
    s3.completeMultipartUpload(
        r ->
            r.bucket(object.bucket())
                .key(object.key())
                .uploadId(completion.uploadId())
                .multipartUpload(m -> m.parts(completion.parts())));
  }

  private static CompletedPart part(
      S3Client s3, ObjectState object, String id, int number, byte[] bytes) {
    String etag =
        s3.uploadPart(
                r -> r.bucket(object.bucket()).key(object.key()).uploadId(id).partNumber(number),
                RequestBody.fromBytes(bytes))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(etag).build();
  }
}
