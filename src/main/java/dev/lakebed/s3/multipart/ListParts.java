package dev.lakebed.s3.multipart;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.s3.content.RequestAttributes.StorageClasses;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.S3Operation;
import dev.lakebed.s3.rest.EntityTags;
import dev.lakebed.s3.rest.HttpDate;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.object.Upload;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import dev.lakebed.storage.metadata.object.Uploads;
import java.util.List;

public record ListParts(BucketLookup lookup, Uploads uploads)
    implements S3Operation<ListParts.Parameters> {
  private static final int MAX_PARTS = 1000;
  private static final int MAX_NUMBER = 1_000_000;

  /** What to list behind {@code after}. */
  public record Parameters(UploadTarget target, int after, int limit) {}

  @Override
  public Parameters parse(S3Request request) {
    boolean fromStart = request.text("part-number-marker").isEmpty();
    return new Parameters(
        UploadTarget.of(lookup, request),
        fromStart ? 0 : request.count("part-number-marker", MAX_NUMBER),
        request.count("max-parts", MAX_PARTS));
  }

  @Override
  public List<Permission> permissions(S3Request request, Parameters parameters, Caller caller) {
    return List.of(parameters.target().permission(request, "s3:ListMultipartUploadParts"));
  }

  @Override
  public Response execute(S3Request request, Parameters parameters, Caller caller) {
    UploadTarget target = parameters.target();
    Upload upload = target.require(uploads);
    int limit = parameters.limit();
    List<StoredPart> found = uploads.parts(upload.id(), parameters.after(), limit + 1);
    boolean truncated = limit > 0 && found.size() > limit;
    List<StoredPart> page = found.subList(0, Math.min(limit, found.size()));
    UploadChecksum checksum = UploadChecksum.of(upload);
    return XmlWriter.answer(
        "ListPartsResult",
        xml -> {
          xml.element("Bucket", target.bucket().name())
              .element("Key", target.key())
              .element("UploadId", upload.id());
          UploadTarget.people(xml, upload, target.bucket());
          xml.element("StorageClass", StorageClasses.of(upload.attributes().headers()))
              .element("PartNumberMarker", parameters.after());
          if (!page.isEmpty()) {
            xml.element("NextPartNumberMarker", page.getLast().number());
          }
          xml.element("MaxParts", limit).element("IsTruncated", truncated);
          checksum.describe(xml);
          for (StoredPart part : page) {
            xml.open("Part")
                .element("PartNumber", part.number())
                .element("LastModified", HttpDate.xml(part.lastModified()))
                .element("ETag", EntityTags.quoted(part.etag()))
                .element("Size", part.size());
            part.checksum()
                .ifPresent(value -> xml.element("Checksum" + checksum.algorithm(), value));
            xml.close("Part");
          }
        });
  }
}
