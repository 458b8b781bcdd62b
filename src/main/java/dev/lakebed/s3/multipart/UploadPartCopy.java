package dev.lakebed.s3.multipart;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.s3.multipart.UploadPart.PartPublisher;
import dev.lakebed.s3.multipart.UploadTarget.PartParameters;
import dev.lakebed.s3.object.ContentStore;
import dev.lakebed.s3.object.ContentWriter;
import dev.lakebed.s3.object.Encryption;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.ByteRange;
import dev.lakebed.s3.rest.CopySource;
import dev.lakebed.s3.rest.EntityTags;
import dev.lakebed.s3.rest.HttpDate;
import dev.lakebed.s3.rest.ObjectLookup;
import dev.lakebed.s3.rest.ObjectLookup.ObjectTarget;
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
    implements Operation.Binding<S3Request> {
  @Override
  public Call bind(String name, S3Request request) {
    CopySource.requireNoBody(request);
    PartParameters part = PartParameters.parse(lookup, request);
    ObjectTarget source = objects.source(lookup, request);
    return Call.needing(
        name,
        List.of(
            objects.sourcePermission(request, source, ""),
            part.target().permission(request, "s3:PutObject")),
        caller -> copy(request, part, source, caller));
  }

  private Response copy(
      S3Request request, PartParameters parameters, ObjectTarget from, Caller caller)
      throws IOException {
    Encryption.refuseOnPart(request);
    UploadTarget target = parameters.target();
    Upload upload = target.require(uploads);
    StoredObject source = objects.requireSource(request, from, caller);
    ByteRange range =
        request
            .header("x-amz-copy-source-range")
            .map(header -> ByteRange.ofCopy(header, source.size()))
            .orElseGet(() -> new ByteRange(0, source.size() - 1));
    ContentStore.requireCopyable(range.length());
    UploadChecksum checksum = UploadChecksum.of(upload);
    try (ContentWriter content = publisher.contents().copy(source, range, checksum.algorithm())) {
      StoredPart part = publisher.publish(target, upload, parameters.number(), content);
      XmlWriter xml =
          XmlWriter.document("CopyPartResult")
              .element("LastModified", HttpDate.xml(part.lastModified()))
              .element("ETag", EntityTags.quoted(part.etag()));
      part.checksum().ifPresent(value -> xml.element("Checksum" + checksum.algorithm(), value));
      return XmlWriter.answer(xml, Encryption.shown(upload.attributes()));
    }
  }
}
