package dev.lakebed.s3.multipart;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.s3.content.BodyChecksums;
import dev.lakebed.s3.content.ContentWriter;
import dev.lakebed.s3.content.Encryption;
import dev.lakebed.s3.multipart.UploadTarget.PartParameters;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.S3Operation;
import dev.lakebed.s3.rest.EntityTags;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.checksum.ChecksumValue;
import dev.lakebed.storage.metadata.object.Upload;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import dev.lakebed.storage.metadata.object.Uploads;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * UploadPart. When the client chose no algorithm at creation, a part may carry any checksum, which
 * is verified; the upload then keeps CRC64NVME, as a PUT without checksum does.
 */
public record UploadPart(BucketLookup lookup, Uploads uploads, PartPublisher publisher)
    implements S3Operation<UploadPart.Parameters> {
  public record Parameters(PartParameters part, BodyChecksums checksums) {}

  @Override
  public Parameters parse(S3Request request) {
    return new Parameters(PartParameters.parse(lookup, request), BodyChecksums.parse(request));
  }

  @Override
  public List<Permission> permissions(S3Request request, Parameters parameters, Caller caller) {
    return List.of(parameters.part().target().permission(request, "s3:PutObject"));
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

  @Override
  public void requireBuilt(S3Request request) {
    Encryption.refuseOnPart(request);
  }

  @Override
  public Response execute(S3Request request, Parameters parameters, Caller caller)
      throws IOException {
    UploadTarget target = parameters.part().target();
    Upload upload = target.require(uploads);
    UploadChecksum kept = UploadChecksum.of(upload);
    BodyChecksums announced = parameters.checksums();
    requireOfUpload(announced.algorithm(), kept);
    ChecksumAlgorithm shown = announced.algorithm().orElse(kept.algorithm());
    try (ContentWriter content =
        publisher.contents().receive(request, announced, kept.algorithm())) {
      StoredPart part = publisher.publish(target, upload, parameters.part().number(), content);
      ChecksumValue value = content.checksum(shown);
      Headers.Builder headers =
          Headers.builder()
              .add("etag", EntityTags.quoted(part.etag()))
              .add(shown.header(), value.base64());
      Encryption.echo(upload.attributes(), headers);
      return new Response(200, headers.build(), ResponseBody.NONE);
    }
  }
}
