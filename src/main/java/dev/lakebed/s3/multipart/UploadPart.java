package dev.lakebed.s3.multipart;

import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.s3.multipart.UploadTarget.PartParameters;
import dev.lakebed.s3.object.BlobDescriptor;
import dev.lakebed.s3.object.BlobDescriptor.PartOf;
import dev.lakebed.s3.object.BodyChecksums;
import dev.lakebed.s3.object.ContentStore;
import dev.lakebed.s3.object.ContentWriter;
import dev.lakebed.s3.object.Encryption;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.EntityTags;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.checksum.ChecksumValue;
import dev.lakebed.storage.metadata.object.StoredObject.StoredChecksum;
import dev.lakebed.storage.metadata.object.Upload;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import dev.lakebed.storage.metadata.object.Uploads;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * UploadPart. When the client chose no algorithm at creation, a part may carry any checksum, which
 * is verified; the upload then keeps CRC64NVME, as a PUT without checksum does.
 */
public record UploadPart(BucketLookup lookup, Uploads uploads, PartPublisher publisher)
    implements Operation.Binding<S3Request> {
  @Override
  public Call bind(String name, S3Request request) {
    PartParameters part = PartParameters.parse(lookup, request);
    BodyChecksums announced = BodyChecksums.parse(request);
    return Call.needing(
        name,
        List.of(part.target().permission(request, "s3:PutObject")),
        caller -> upload(request, part, announced));
  }

  /** Parts of a composite checksum must bring their own; else none or the one of the upload. */
  private static void requireOfUpload(Optional<ChecksumAlgorithm> announced, UploadChecksum kept) {
    boolean fits =
        announced.map(algorithm -> algorithm == kept.algorithm()).orElse(kept.fullObject());
    if (kept.chosen() && !fits) {
      throw S3Error.INVALID_REQUEST.exception(
          "Checksum Type mismatch occurred, expected checksum Type: %s, actual checksum Type: %s"
              .formatted(name(kept.algorithm()), announced.map(UploadPart::name).orElse("null")));
    }
  }

  private static String name(ChecksumAlgorithm algorithm) {
    return algorithm.name().toLowerCase(Locale.ROOT);
  }

  private Response upload(S3Request request, PartParameters parameters, BodyChecksums announced)
      throws IOException {
    Encryption.refuseOnPart(request);
    UploadTarget target = parameters.target();
    Upload upload = target.require(uploads);
    UploadChecksum kept = UploadChecksum.of(upload);
    requireOfUpload(announced.algorithm(), kept);
    ChecksumAlgorithm shown = announced.algorithm().orElse(kept.algorithm());
    try (ContentWriter content =
        publisher.contents().receive(request, announced, kept.algorithm())) {
      StoredPart part = publisher.publish(target, upload, parameters.number(), content);
      ChecksumValue value = content.checksum(shown);
      Headers.Builder headers =
          Headers.builder()
              .add("etag", EntityTags.quoted(part.etag()))
              .add(shown.header(), value.base64());
      headers.addAll(Encryption.shown(upload.attributes()));
      return new Response(200, headers.build(), ResponseBody.NONE);
    }
  }

  public record PartPublisher(ContentStore contents, Uploads uploads, InstantSource clock) {
    /**
     * Puts the part in place of one of the same number. Fails with NoSuchUpload when the upload
     * ended meanwhile.
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
}
