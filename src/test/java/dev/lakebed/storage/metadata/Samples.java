package dev.lakebed.storage.metadata;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.metadata.object.StoredObject;
import dev.lakebed.storage.metadata.object.StoredObject.Chunk;
import dev.lakebed.storage.metadata.object.StoredObject.ObjectAttributes;
import dev.lakebed.storage.metadata.object.Upload;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import dev.lakebed.storage.metadata.object.Upload.UploadIds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Values for tests. */
public final class Samples {
  public static final String OWNER = "000000000000";

  private static final AtomicLong NEXT_FILE = new AtomicLong(System.nanoTime());

  private Samples() {}

  public static BlobRef chunk() {
    return new BlobRef(BlobRef.Kind.CHUNK, 1, NEXT_FILE.incrementAndGet(), 0, 100);
  }

  public static BlobRef segment() {
    return new BlobRef(BlobRef.Kind.SEGMENT, 1, NEXT_FILE.incrementAndGet(), 4096, 100);
  }

  public static StoredObject object(long bucket, String key, BlobRef... refs) {
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
  public static Function<List<StoredPart>, StoredObject> made(Upload upload) {
    return parts ->
        object(
            upload.bucket(),
            upload.key(),
            parts.stream().map(StoredPart::ref).toArray(BlobRef[]::new));
  }

  public static Upload upload(long bucket, String key) {
    Instant now = now();
    return upload(bucket, key, UploadIds.next(now), now);
  }

  public static Upload upload(long bucket, String key, String id, Instant initiatedAt) {
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

  public static StoredPart part(int number, BlobRef ref) {
    return new StoredPart(
        number, 100, "0123456789abcdef0123456789abcdef", now(), Optional.of("AAAAAA=="), ref);
  }

  public static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  public static String bucketName() {
    return "b-" + UUID.randomUUID();
  }
}
