package dev.lakebed.s3.object;

import dev.lakebed.s3.content.BlobDescriptor;
import dev.lakebed.s3.content.Checksums;
import dev.lakebed.s3.content.ContentStore;
import dev.lakebed.s3.content.ContentWriter;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.StoredObject;
import dev.lakebed.storage.metadata.object.StoredObject.Chunk;
import dev.lakebed.storage.metadata.object.StoredObject.ObjectAttributes;
import dev.lakebed.storage.metadata.object.StoredObject.StoredChecksum;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Makes content that came in one piece an object. */
public record ObjectPublisher(ContentStore contents, Objects objects, InstantSource clock) {
  /**
   * Puts the object in place.
   *
   * @param algorithm which of the content's checksums is kept
   * @param condition must hold of the current object when the new one is put in place
   */
  StoredObject publish(
      Bucket bucket,
      String key,
      ObjectAttributes attributes,
      ContentWriter content,
      ChecksumAlgorithm algorithm,
      WriteCondition condition)
      throws IOException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Optional<StoredChecksum> checksum =
        Optional.of(Checksums.fullObject(content.checksum(algorithm)));
    long size = content.size();
    String etag = content.etag();
    BlobDescriptor descriptor =
        new BlobDescriptor(
            bucket.id(),
            bucket.name(),
            key,
            Optional.empty(),
            size,
            etag,
            checksum,
            attributes,
            now);
    return contents.publish(
        content,
        descriptor,
        ref -> {
          List<Chunk> chunks = List.of(new Chunk(0, ref, Optional.empty()));
          StoredObject object =
              new StoredObject(bucket.id(), key, size, etag, now, attributes, checksum, chunks);
          objects.put(object, condition);
          return object;
        });
  }
}
