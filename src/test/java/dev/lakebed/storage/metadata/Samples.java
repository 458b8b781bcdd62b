package dev.lakebed.storage.metadata;

import dev.lakebed.storage.blob.volume.BlobRef;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Values for tests. */
final class Samples {
  static final String OWNER = "000000000000";

  private static final AtomicLong NEXT_FILE = new AtomicLong(System.nanoTime());

  private Samples() {}

  static BlobRef chunk() {
    return new BlobRef(BlobRef.Kind.CHUNK, 1, NEXT_FILE.incrementAndGet(), 0, 100);
  }

  static BlobRef segment() {
    return new BlobRef(BlobRef.Kind.SEGMENT, 1, NEXT_FILE.incrementAndGet(), 4096, 100);
  }

  static StoredObject object(long bucket, String key, BlobRef... refs) {
    List<Chunk> chunks =
        java.util.Arrays.stream(refs).map(ref -> new Chunk(0, ref, Optional.empty())).toList();
    return new StoredObject(
        bucket,
        key,
        100L * refs.length,
        UUID.randomUUID().toString().replace("-", ""),
        now(),
        new ObjectAttributes(Map.of("content-type", "text/plain"), Map.of(), Map.of()),
        Optional.empty(),
        chunks);
  }

  /** Makes the object of an upload, of all its parts. */
  static Function<List<Part>, StoredObject> made(Upload upload) {
    return parts ->
        object(
            upload.bucket(), upload.key(), parts.stream().map(Part::ref).toArray(BlobRef[]::new));
  }

  static Upload upload(long bucket, String key) {
    Instant now = now();
    return upload(bucket, key, UploadIds.next(now), now);
  }

  static Upload upload(long bucket, String key, String id, Instant initiatedAt) {
    return new Upload(
        id,
        bucket,
        key,
        initiatedAt,
        "arn:aws:iam::000000000000:user/alice",
        new ObjectAttributes(Map.of("content-type", "text/plain"), Map.of("a", "b"), Map.of()),
        Optional.of("CRC32C"),
        true,
        Optional.empty());
  }

  static Part part(int number, BlobRef ref) {
    return new Part(
        number, 100, "0123456789abcdef0123456789abcdef", now(), Optional.of("AAAAAA=="), ref);
  }

  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  static String bucketName() {
    return "b-" + UUID.randomUUID();
  }
}
