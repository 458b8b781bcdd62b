package dev.lakebed.s3.multipart;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.s3.content.StorageClasses;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.ChecksumFields;
import dev.lakebed.s3.operation.ListKeys;
import dev.lakebed.s3.operation.ListParameters;
import dev.lakebed.s3.operation.S3Access;
import dev.lakebed.s3.operation.S3Operation;
import dev.lakebed.s3.rest.HttpDate;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlResponse;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.object.Upload;
import dev.lakebed.storage.metadata.object.Upload.UploadIds;
import dev.lakebed.storage.metadata.object.Uploads;
import java.util.List;
import java.util.Optional;

/** ListMultipartUploads. */
public final class ListMultipartUploads implements S3Operation<ListParameters> {
  private static final String LIMIT = "max-uploads";

  private final BucketLookup lookup;
  private final Uploads uploads;

  /** Lists these uploads. */
  public ListMultipartUploads(BucketLookup lookup, Uploads uploads) {
    this.lookup = lookup;
    this.uploads = uploads;
  }

  @Override
  public String name() {
    return "ListMultipartUploads";
  }

  @Override
  public Effect effect() {
    return Effect.READS;
  }

  @Override
  public ListParameters parse(S3Request request) {
    return ListParameters.parse(request, lookup.require(request), LIMIT);
  }

  @Override
  public List<Permission> permissions(S3Request request, ListParameters parameters, Caller caller) {
    S3Access access = new S3Access(parameters.bucket(), request);
    return List.of(access.onBucket("s3:ListBucketMultipartUploads", new ListKeys(request, LIMIT)));
  }

  @Override
  public Response execute(S3Request request, ListParameters parameters, Caller caller) {
    String keyMarker = request.text("key-marker");
    String idMarker = keyMarker.isEmpty() ? "" : idMarker(request);
    Uploads.UploadPage page = page(parameters, keyMarker, idMarker);
    return XmlResponse.list(
        "ListMultipartUploadsResult",
        xml -> {
          xml.element("Bucket", parameters.bucket().name())
              .element("KeyMarker", parameters.shown(keyMarker))
              .element("UploadIdMarker", idMarker);
          if (page.truncated()) {
            UploadMarker next = UploadMarker.after(page);
            xml.element("NextKeyMarker", parameters.shown(next.key()))
                .element("NextUploadIdMarker", next.uploadId());
          }
          xml.element("Prefix", parameters.shown(parameters.prefix()));
          if (!parameters.delimiter().isEmpty()) {
            xml.element("Delimiter", parameters.shown(parameters.delimiter()));
          }
          if (parameters.encode()) {
            xml.element("EncodingType", "url");
          }
          xml.element("MaxUploads", parameters.limit()).element("IsTruncated", page.truncated());
          for (Upload upload : page.uploads()) {
            describe(xml, parameters, upload);
          }
          for (String prefix : page.commonPrefixes()) {
            xml.open("CommonPrefixes")
                .element("Prefix", parameters.shown(prefix))
                .close("CommonPrefixes");
          }
        });
  }

  /** Without a key marker AWS ignores it. */
  private static String idMarker(S3Request request) {
    String marker = request.text("upload-id-marker");
    if (!marker.isEmpty() && !UploadIds.isOne(marker)) {
      throw S3Error.INVALID_ARGUMENT
          .exception("Invalid uploadId marker")
          .with("ArgumentName", "upload-id-marker")
          .with("ArgumentValue", marker);
    }
    return marker;
  }

  private Uploads.UploadPage page(ListParameters parameters, String keyMarker, String idMarker) {
    if (parameters.limit() == 0) {
      return new Uploads.UploadPage(List.of(), List.of(), false);
    }
    String group = parameters.groupOf(keyMarker);
    return uploads.list(
        parameters.bucket().id(),
        parameters.prefix(),
        parameters.delimiter(),
        group.isEmpty() ? keyMarker : UploadMarker.lastOf(group),
        idMarker.isEmpty() || !group.isEmpty() ? Optional.empty() : Optional.of(idMarker),
        parameters.limit());
  }

  private static void describe(XmlWriter xml, ListParameters parameters, Upload upload) {
    UploadChecksum checksum = UploadChecksum.of(upload);
    xml.open("Upload")
        .element("Key", parameters.shown(upload.key()))
        .element("UploadId", upload.id());
    UploadXml.people(xml, upload, parameters.bucket());
    xml.element("StorageClass", StorageClasses.of(upload.attributes().headers()))
        .element("Initiated", HttpDate.xml(upload.initiatedAt()));
    if (checksum.chosen()) {
      xml.element("ChecksumAlgorithm", checksum.algorithm().name())
          .element("ChecksumType", ChecksumFields.type(checksum.fullObject()));
    }
    xml.close("Upload");
  }
}
