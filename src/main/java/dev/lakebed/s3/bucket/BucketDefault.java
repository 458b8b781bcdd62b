package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.BucketOperation;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlResponse;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.Bucket;
import java.util.function.BiFunction;

/**
 * Answers a read of bucket configuration that no bucket here can have with what AWS says about a
 * bucket that never got it. Only for statements that are true of this server.
 */
public final class BucketDefault extends BucketOperation {
  private final BiFunction<S3Request, Bucket, XmlWriter> document;

  /**
   * Answers with a document.
   *
   * @param document gives it, or throws the error of a missing configuration
   */
  public BucketDefault(
      BucketLookup lookup,
      String name,
      String action,
      BiFunction<S3Request, Bucket, XmlWriter> document) {
    super(lookup, name, Effect.READS, action);
    this.document = document;
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) {
    return XmlResponse.of(document.apply(request, bucket));
  }
}
