package dev.lakebed.s3.multipart;

import dev.lakebed.s3.object.BlobDescriptor;
import dev.lakebed.s3.object.BlobDescriptor.PartOf;
import dev.lakebed.s3.object.ContentStore;
import dev.lakebed.s3.object.ContentWriter;
import dev.lakebed.storage.metadata.object.StoredObject.StoredChecksum;
import dev.lakebed.storage.metadata.object.Upload;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import dev.lakebed.storage.metadata.object.Uploads;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Makes content a part of an upload. */
public record PartPublisher(ContentStore contents, Uploads uploads, InstantSource clock) {
  /**
   * Puts the part in place of one of the same number. Fails with NoSuchUpload when the upload ended
   * meanwhile.
   */
  StoredPart publish(UploadTarget target, Upload upload, int number, ContentWriter content)
      throws IOException {
    BlobDescriptor blob =
        content.describe(
            target.bucket(),
            target.key(),
            Optional.of(new PartOf(upload.id(), number)),
            UploadChecksum.of(upload).algorithm(),
            BlobDescriptor.NO_ATTRIBUTES,
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    return contents.publish(
        content,
        blob,
        ref -> {
          StoredPart part =
              new StoredPart(
                  number,
                  blob.size(),
                  blob.etag(),
                  blob.time(),
                  blob.checksum().map(StoredChecksum::value),
                  ref);
          if (!uploads.putPart(upload, part)) {
            throw target.missing();
          }
          return part;
        });
  }
}
