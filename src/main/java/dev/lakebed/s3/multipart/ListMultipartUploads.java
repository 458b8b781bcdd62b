package dev.lakebed.s3.multipart;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.s3.object.RequestAttributes.StorageClasses;
import dev.lakebed.s3.rest.HttpDate;
import dev.lakebed.s3.rest.ListOperation.ListParameters;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.object.Upload;
import dev.lakebed.storage.metadata.object.Upload.UploadIds;
import dev.lakebed.storage.metadata.object.Uploads;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

public record ListMultipartUploads(Uploads uploads) {
  public Response list(S3Request request, ListParameters parameters, Caller caller) {
    String keyMarker = request.text("key-marker");
    String idMarker = keyMarker.isEmpty() ? "" : idMarker(request);
    Uploads.UploadPage page = page(parameters, keyMarker, idMarker);
    return XmlWriter.answer(
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
          parameters.shape(xml);
          xml.element("MaxUploads", parameters.limit()).element("IsTruncated", page.truncated());
          page.uploads().forEach(upload -> describe(xml, parameters, upload));
          page.commonPrefixes().forEach(prefix -> parameters.commonPrefix(xml, prefix));
        });
  }

  /** Without a key marker AWS ignores it. */
  private static String idMarker(S3Request request) {
    String marker = request.text("upload-id-marker");
    if (!marker.isEmpty() && !UploadIds.isOne(marker)) {
      throw S3Error.invalidArgument("Invalid uploadId marker", "upload-id-marker", marker);
    }
    return marker;
  }

  private Uploads.UploadPage page(ListParameters parameters, String keyMarker, String idMarker) {
    if (parameters.limit() == 0) {
      return new Uploads.UploadPage(List.of(), List.of(), false);
    }
    String group = parameters.groupOf(keyMarker);
    return uploads.list(
        new Uploads.ListQuery(
            parameters.bucket().id(),
            parameters.prefix(),
            parameters.delimiter(),
            group.isEmpty() ? keyMarker : UploadMarker.lastOf(group),
            idMarker.isEmpty() || !group.isEmpty() ? Optional.empty() : Optional.of(idMarker),
            parameters.limit()));
  }

  private static void describe(XmlWriter xml, ListParameters parameters, Upload upload) {
    xml.open("Upload")
        .element("Key", parameters.shown(upload.key()))
        .element("UploadId", upload.id());
    UploadTarget.people(xml, upload, parameters.bucket());
    xml.element("StorageClass", StorageClasses.of(upload.attributes().headers()))
        .element("Initiated", HttpDate.xml(upload.initiatedAt()));
    UploadChecksum.of(upload).describe(xml);
    xml.close("Upload");
  }

  /** Where the next page of uploads begins. {@code uploadId} is empty behind a common prefix. */
  record UploadMarker(String key, String uploadId) {
    /** More code points than any key has behind a prefix, each the greatest there is. */
    private static final String BEHIND_ANY_KEY = "\uDBFF\uDFFF".repeat(257);

    /** A key that is behind every key that starts with the prefix. */
    static String lastOf(String prefix) {
      return prefix + BEHIND_ANY_KEY;
    }

    static UploadMarker after(Uploads.UploadPage page) {
      if (page.uploads().isEmpty()) {
        return new UploadMarker(page.commonPrefixes().getLast(), "");
      }
      Upload last = page.uploads().getLast();
      if (!page.commonPrefixes().isEmpty()) {
        String prefix = page.commonPrefixes().getLast();
        if (Arrays.compareUnsigned(utf8(prefix), utf8(last.key())) > 0) {
          return new UploadMarker(prefix, "");
        }
      }
      return new UploadMarker(last.key(), last.id());
    }

    private static byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
