package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.content.SmallBody;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.BucketOperation;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.AccessRules;
import dev.lakebed.storage.metadata.Bucket;
import java.io.IOException;

/** PutBucketCors: replaces all rules. */
public final class PutBucketCors extends BucketOperation {
  private final AccessRules rules;

  /** Changes these rules. */
  public PutBucketCors(BucketLookup lookup, AccessRules rules) {
    super(lookup, "PutBucketCors", Effect.ADMINISTERS, "s3:PutBucketCORS");
    this.rules = rules;
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) throws IOException {
    rules.setCors(
        bucket, CorsDocument.read(SmallBody.readProtected(request, CorsDocument.MAX_BODY)));
    return Response.of(200);
  }
}
