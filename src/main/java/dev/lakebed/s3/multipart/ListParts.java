package dev.lakebed.s3.multipart;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.s3.object.RequestAttributes.StorageClasses;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.EntityTags;
import dev.lakebed.s3.rest.HttpDate;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.object.Upload;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import dev.lakebed.storage.metadata.object.Uploads;
import java.util.List;

public record ListParts(BucketLookup lookup, Uploads uploads)
    implements Operation.Binding<S3Request> {
  private static final int MAX_PARTS = 1000;
  private static final int MAX_NUMBER = 1_000_000;

  @Override
  public Call bind(String name, S3Request request) {
    boolean fromStart = request.text("part-number-marker").isEmpty();
    UploadTarget target = UploadTarget.of(lookup, request);
    int after = fromStart ? 0 : request.count("part-number-marker", MAX_NUMBER);
    int limit = request.count("max-parts", MAX_PARTS);
    return Call.needing(
        name,
        List.of(target.permission(request, "s3:ListMultipartUploadParts")),
        caller -> list(target, after, limit));
  }

  private Response list(UploadTarget target, int after, int limit) {
    Upload upload = target.require(uploads);
    List<StoredPart> found = uploads.parts(upload.id(), after, limit + 1);
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
              .element("PartNumberMarker", after);
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
