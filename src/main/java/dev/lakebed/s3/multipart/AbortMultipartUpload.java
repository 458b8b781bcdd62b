package dev.lakebed.s3.multipart;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.s3.object.UnsupportedHeaders;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.object.Uploads;
import java.util.List;

public record AbortMultipartUpload(BucketLookup lookup, Uploads uploads)
    implements Operation.Binding<S3Request> {
  private static final String DIRECTORY_CONDITION = "x-amz-if-match-initiated-time";

  @Override
  public Call bind(String name, S3Request request) {
    UploadTarget target = UploadTarget.of(lookup, request);
    return Call.needing(
        name,
        List.of(target.permission(request, "s3:AbortMultipartUpload")),
        caller -> {
          UnsupportedHeaders.refuse(request, DIRECTORY_CONDITION);
          if (!uploads.abort(target.require(uploads))) {
            throw target.missing();
          }
          return Response.of(204);
        });
  }
}
