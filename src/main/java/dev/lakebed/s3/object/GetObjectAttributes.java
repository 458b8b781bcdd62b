package dev.lakebed.s3.object;

import dev.lakebed.http.Decimal;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.s3.object.RequestAttributes.StorageClasses;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.HttpDate;
import dev.lakebed.s3.rest.ObjectLookup;
import dev.lakebed.s3.rest.ObjectLookup.ObjectTarget;
import dev.lakebed.s3.rest.ReadConditions;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.object.StoredObject;
import dev.lakebed.storage.metadata.object.StoredObject.Chunk;
import dev.lakebed.storage.metadata.object.StoredObject.StoredChecksum;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

public record GetObjectAttributes(BucketLookup lookup, ObjectLookup objects)
    implements Operation.Binding<S3Request> {
  private static final Set<String> KNOWN =
      Set.of("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize");

  @Override
  public Call bind(String name, S3Request request) {
    Set<String> wanted =
        request.wire().headers().all("x-amz-object-attributes").stream()
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .map(String::strip)
            .collect(Collectors.toSet());
    if (wanted.isEmpty() || !KNOWN.containsAll(wanted)) {
      throw S3Error.invalidArgument("Invalid attribute name specified.", "x-amz-object-attributes");
    }
    ObjectTarget target = ObjectTarget.of(lookup, request);
    ReadConditions conditions = ReadConditions.ofRead(request);
    PartsWindow window = PartsWindow.parse(request);
    return Call.needing(
        name,
        List.of(
            objects.permission(request, target, "Get", ""),
            objects.permission(request, target, "Get", "Attributes")),
        caller -> {
          StoredObject object = objects.require(request, target, caller);
          return switch (conditions.check(object)) {
            case FAILED -> throw S3Error.PRECONDITION_FAILED.exception();
            case NOT_MODIFIED ->
                new Response(304, ObjectHeaders.validators(object).build(), ResponseBody.NONE);
            case PROCEED -> answer(object, wanted, window);
          };
        });
  }

  private static Response answer(StoredObject object, Set<String> wanted, PartsWindow window) {
    XmlWriter xml = XmlWriter.document("GetObjectAttributesResponse");
    if (wanted.contains("ETag")) {
      xml.element("ETag", object.etag());
    }
    if (wanted.contains("Checksum")) {
      object
          .checksum()
          .ifPresent(
              checksum -> {
                xml.open("Checksum");
                Checksums.addTo(xml, withoutPartsCount(checksum));
                xml.close("Checksum");
              });
    }
    if (wanted.contains("ObjectParts") && ObjectSlice.isMultipart(object)) {
      parts(xml, object, window);
    }
    if (wanted.contains("StorageClass")) {
      xml.element("StorageClass", StorageClasses.of(object.attributes().headers()));
    }
    if (wanted.contains("ObjectSize")) {
      xml.element("ObjectSize", object.size());
    }
    Headers headers =
        Headers.builder().add("last-modified", HttpDate.header(object.lastModified())).build();
    return XmlWriter.answer(xml, headers);
  }

  /** Only here AWS leaves the number of parts away: it is an element of its own. */
  private static StoredChecksum withoutPartsCount(StoredChecksum checksum) {
    String value = checksum.value();
    return checksum.fullObject()
        ? checksum
        : new StoredChecksum(
            checksum.algorithm(), false, value.substring(0, value.lastIndexOf('-')));
  }

  private static void parts(XmlWriter xml, StoredObject object, PartsWindow window) {
    List<Chunk> rest =
        object.chunks().stream().filter(chunk -> chunk.partNumber() > window.after()).toList();
    List<Chunk> page = rest.stream().limit(window.limit()).toList();
    xml.open("ObjectParts")
        .element("PartsCount", object.chunks().size())
        .element("PartNumberMarker", window.after());
    if (!page.isEmpty()) {
      xml.element("NextPartNumberMarker", page.getLast().partNumber());
    }
    xml.element("MaxParts", window.limit()).element("IsTruncated", page.size() < rest.size());
    String algorithm = object.checksum().map(StoredChecksum::algorithm).orElse("");
    for (Chunk chunk : page) {
      xml.open("Part")
          .element("PartNumber", chunk.partNumber())
          .element("Size", chunk.ref().length());
      chunk.checksum().ifPresent(value -> xml.element("Checksum" + algorithm, value));
      xml.close("Part");
    }
    xml.close("ObjectParts");
  }

  /** Which parts GetObjectAttributes shows. {@code after} is the exclusive start. */
  record PartsWindow(int after, int limit) {
    private static final int MAX_PARTS = 1000;

    static PartsWindow parse(S3Request request) {
      return new PartsWindow(
          number(request, "x-amz-part-number-marker", 0),
          Math.min(MAX_PARTS, number(request, "x-amz-max-parts", MAX_PARTS)));
    }

    private static int number(S3Request request, String header, int otherwise) {
      return request
          .header(header)
          .map(
              text ->
                  Decimal.parse(text, 0, Integer.MAX_VALUE)
                      .orElseThrow(
                          () ->
                              S3Error.invalidArgument(
                                  "Provided " + header + " not an integer or within integer range",
                                  header)))
          .orElse(otherwise);
    }
  }
}
