package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.BucketOperation;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.AccessRules;
import dev.lakebed.storage.metadata.Bucket;
import java.util.List;

/** DeleteBucketCors, which needs the right to put rules; a bucket without any stays as it is. */
public final class DeleteBucketCors extends BucketOperation {
  private final AccessRules rules;

  /** Changes these rules. */
  public DeleteBucketCors(BucketLookup lookup, AccessRules rules) {
    super(lookup, "DeleteBucketCors", Effect.ADMINISTERS, "s3:PutBucketCORS");
    this.rules = rules;
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) {
    rules.setCors(bucket, List.of());
    return Response.of(204);
  }
}
