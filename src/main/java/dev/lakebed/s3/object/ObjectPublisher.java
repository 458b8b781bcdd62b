package dev.lakebed.s3.object;

import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.StoredObject;
import dev.lakebed.storage.metadata.object.StoredObject.Chunk;
import dev.lakebed.storage.metadata.object.StoredObject.ObjectAttributes;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Makes content that came in one piece an object. */
public record ObjectPublisher(ContentStore contents, Objects objects, InstantSource clock) {
  /** Refuses early what cannot succeed, before bytes are read; the transaction asks again. */
  void requirePossible(Bucket bucket, String key, WriteCondition condition) {
    if (condition != WriteCondition.NONE) {
      condition.check(objects.find(bucket.id(), key));
    }
  }

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
    BlobDescriptor blob =
        content.describe(bucket, key, Optional.empty(), algorithm, attributes, now);
    return contents.publish(
        content,
        blob,
        ref -> {
          StoredObject object =
              new StoredObject(
                  bucket.id(),
                  key,
                  blob.size(),
                  blob.etag(),
                  now,
                  attributes,
                  blob.checksum(),
                  List.of(new Chunk(0, ref, Optional.empty())));
          objects.put(object, condition);
          return object;
        });
  }
}
