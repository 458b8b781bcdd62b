package dev.lakebed.s3.multipart;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.s3.content.ContentStore;
import dev.lakebed.s3.content.ContentWriter;
import dev.lakebed.s3.content.Encryption;
import dev.lakebed.s3.multipart.UploadTarget.PartParameters;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.ObjectLookup;
import dev.lakebed.s3.operation.ObjectTarget;
import dev.lakebed.s3.operation.S3Operation;
import dev.lakebed.s3.rest.ByteRange;
import dev.lakebed.s3.rest.CopySource;
import dev.lakebed.s3.rest.EntityTags;
import dev.lakebed.s3.rest.HttpDate;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.object.StoredObject;
import dev.lakebed.storage.metadata.object.Upload;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import dev.lakebed.storage.metadata.object.Uploads;
import java.io.IOException;
import java.util.List;

/** UploadPartCopy: a part whose bytes are another object's, or a stretch of them. */
public record UploadPartCopy(
    BucketLookup lookup, ObjectLookup objects, Uploads uploads, PartPublisher publisher)
    implements S3Operation<UploadPartCopy.Parameters> {
  public record Parameters(PartParameters part, ObjectTarget source) {}

  @Override
  public Parameters parse(S3Request request) {
    CopySource.requireNoBody(request);
    return new Parameters(PartParameters.parse(lookup, request), objects.source(lookup, request));
  }

  @Override
  public List<Permission> permissions(S3Request request, Parameters parameters, Caller caller) {
    return List.of(
        objects.sourcePermission(request, parameters.source(), ""),
        parameters.part().target().permission(request, "s3:PutObject"));
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
    StoredObject source = objects.requireSource(request, parameters.source(), caller);
    ByteRange range =
        request
            .header("x-amz-copy-source-range")
            .map(header -> ByteRange.ofCopy(header, source.size()))
            .orElseGet(() -> new ByteRange(0, source.size() - 1));
    ContentStore.requireCopyable(range.length());
    UploadChecksum checksum = UploadChecksum.of(upload);
    try (ContentWriter content = publisher.contents().copy(source, range, checksum.algorithm())) {
      StoredPart part = publisher.publish(target, upload, parameters.part().number(), content);
      XmlWriter xml =
          XmlWriter.document("CopyPartResult")
              .element("LastModified", HttpDate.xml(part.lastModified()))
              .element("ETag", EntityTags.quoted(part.etag()));
      part.checksum().ifPresent(value -> xml.element("Checksum" + checksum.algorithm(), value));
      return XmlWriter.answer(xml, Encryption.shown(upload.attributes()));
    }
  }
}
