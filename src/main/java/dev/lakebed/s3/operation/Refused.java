package dev.lakebed.s3.operation;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.pipeline.Effect;
import dev.lakebed.s3.error.S3Exception;
import dev.lakebed.s3.request.S3Request;
import dev.lakebed.wire.Response;
import java.util.List;

/**
 * An operation of the S3 API that always ends with the same error: mostly because it is not built.
 * That the bucket is missing is told first, as for every other operation.
 *
 * @param effect what it would do
 * @param error the answer
 */
public record Refused(BucketLookup lookup, String name, Effect effect, S3Exception error)
    implements S3Operation<S3Exception> {
  @Override
  public S3Exception parse(S3Request request) {
    lookup.require(request);
    throw error;
  }

  @Override
  public List<Permission> permissions(S3Request request, S3Exception parameters) {
    return List.of();
  }

  @Override
  public Response execute(S3Request request, S3Exception parameters, Caller caller) {
    throw parameters;
  }
}
