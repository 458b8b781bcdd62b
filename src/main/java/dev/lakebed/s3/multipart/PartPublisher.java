package dev.lakebed.s3.multipart;

import dev.lakebed.s3.content.BlobDescriptor;
import dev.lakebed.s3.content.Checksums;
import dev.lakebed.s3.content.ContentStore;
import dev.lakebed.s3.content.ContentWriter;
import dev.lakebed.storage.metadata.object.StoredObject.StoredChecksum;
import dev.lakebed.storage.metadata.object.Upload;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import dev.lakebed.storage.metadata.object.Uploads;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Makes content a part of an upload. */
public record PartPublisher(ContentStore contents, Uploads uploads, InstantSource clock) {
  /**
   * Puts the part in place of one of the same number, or fails with NoSuchUpload when the upload
   * ended meanwhile.
   */
  StoredPart publish(UploadTarget target, Upload upload, int number, ContentWriter content)
      throws IOException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    StoredChecksum checksum =
        Checksums.fullObject(content.checksum(UploadChecksum.of(upload).algorithm()));
    long size = content.size();
    String etag = content.etag();
    BlobDescriptor descriptor =
        new BlobDescriptor(
            target.bucket().id(),
            target.bucket().name(),
            target.key(),
            Optional.of(new BlobDescriptor.PartOf(upload.id(), number)),
            size,
            etag,
            Optional.of(checksum),
            BlobDescriptor.NO_ATTRIBUTES,
            now);
    return contents.publish(
        content,
        descriptor,
        ref -> {
          StoredPart part =
              new StoredPart(number, size, etag, now, Optional.of(checksum.value()), ref);
          if (!uploads.putPart(upload, part)) {
            throw target.missing();
          }
          return part;
        });
  }
}
