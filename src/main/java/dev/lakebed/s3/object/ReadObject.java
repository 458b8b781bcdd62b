package dev.lakebed.s3.object;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.s3.object.ObjectHeaders.ResponseOverrides;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.ByteRange;
import dev.lakebed.s3.rest.ObjectLookup;
import dev.lakebed.s3.rest.ObjectLookup.ObjectTarget;
import dev.lakebed.s3.rest.ReadConditions;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.object.StoredObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** GetObject and HeadObject, which differ in nothing but whether the body is sent. */
public record ReadObject(BucketLookup lookup, ObjectLookup objects, ContentStore contents)
    implements Operation.Binding<S3Request> {
  @Override
  public Call bind(String name, S3Request request) {
    ObjectTarget target = ObjectTarget.of(lookup, request);
    Encryption.refuseOnRead(request);
    if (request.partNumber().isPresent() && request.header("range").isPresent()) {
      throw S3Error.INVALID_REQUEST.exception(
          "Cannot specify both Range header and partNumber query parameter");
    }
    ReadConditions conditions = ReadConditions.ofRead(request);
    Map<String, String> overrides = ResponseOverrides.parse(request);
    return Call.needing(
        name,
        List.of(objects.permission(request, target, "Get", "")),
        caller -> {
          ResponseOverrides.requireSigned(overrides, caller);
          StoredObject object = objects.require(request, target, caller);
          return switch (conditions.check(object)) {
            case FAILED -> throw S3Error.PRECONDITION_FAILED.exception();
            case NOT_MODIFIED ->
                new Response(304, ObjectHeaders.validators(object).build(), ResponseBody.NONE);
            case PROCEED -> answer(request, target, object, overrides, caller);
          };
        });
  }

  private Response answer(
      S3Request request,
      ObjectTarget target,
      StoredObject object,
      Map<String, String> overrides,
      Caller caller)
      throws IOException {
    ObjectSlice slice = ObjectSlice.of(request, object);
    Headers.Builder headers = ObjectHeaders.of(object, overrides);
    if (slice.partial()) {
      headers.add("content-range", slice.range().contentRange(object.size()));
    }
    slice
        .partsCount()
        .ifPresent(count -> headers.add("x-amz-mp-parts-count", Integer.toString(count)));
    if ("ENABLED".equalsIgnoreCase(request.header("x-amz-checksum-mode").orElse(""))) {
      slice.checksum().ifPresent(checksum -> Checksums.addTo(headers, checksum));
    }
    addTaggingCount(request, target, object, caller, headers);
    return new Response(
        slice.partial() ? 206 : 200, headers.build(), body(request, object, slice.range()));
  }

  private ResponseBody body(S3Request request, StoredObject object, ByteRange range)
      throws IOException {
    return request.wire().method().equals("HEAD")
        ? ContentStore.unsent(range)
        : contents.stream(object, range);
  }

  private void addTaggingCount(
      S3Request request,
      ObjectTarget target,
      StoredObject object,
      Caller caller,
      Headers.Builder headers) {
    int count = object.attributes().tags().size();
    if (count > 0 && caller.may(objects.permission(request, target, "Get", "Tagging"))) {
      headers.add("x-amz-tagging-count", Integer.toString(count));
    }
  }
}
