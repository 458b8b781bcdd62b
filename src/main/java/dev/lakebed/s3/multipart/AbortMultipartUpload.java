package dev.lakebed.s3.multipart;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.s3.content.UnsupportedHeaders;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.S3Operation;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.object.Uploads;
import java.util.List;

public record AbortMultipartUpload(BucketLookup lookup, Uploads uploads)
    implements S3Operation<UploadTarget> {
  private static final String DIRECTORY_CONDITION = "x-amz-if-match-initiated-time";

  @Override
  public UploadTarget parse(S3Request request) {
    return UploadTarget.of(lookup, request);
  }

  @Override
  public List<Permission> permissions(S3Request request, UploadTarget target, Caller caller) {
    return List.of(target.permission(request, "s3:AbortMultipartUpload"));
  }

  @Override
  public void requireBuilt(S3Request request) {
    UnsupportedHeaders.refuse(request, DIRECTORY_CONDITION);
  }

  @Override
  public Response execute(S3Request request, UploadTarget target, Caller caller) {
    if (!uploads.abort(target.require(uploads))) {
      throw target.missing();
    }
    return Response.of(204);
  }
}
