package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.BucketOperation;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlResponse;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.Bucket;
import dev.lakebed.storage.metadata.PublicAccessBlock;

/** GetPublicAccessBlock. */
public final class GetPublicAccessBlock extends BucketOperation {
  /** Shows the settings of these buckets. */
  public GetPublicAccessBlock(BucketLookup lookup) {
    super(lookup, "GetPublicAccessBlock", Effect.READS, "s3:GetBucketPublicAccessBlock");
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) {
    PublicAccessBlock block =
        bucket
            .access()
            .block()
            .orElseThrow(
                () ->
                    S3Error.NO_SUCH_PUBLIC_ACCESS_BLOCK
                        .exception()
                        .with("BucketName", bucket.name()));
    return XmlResponse.of(
        XmlWriter.document("PublicAccessBlockConfiguration")
            .element("BlockPublicAcls", block.blockPublicAcls())
            .element("IgnorePublicAcls", block.ignorePublicAcls())
            .element("BlockPublicPolicy", block.blockPublicPolicy())
            .element("RestrictPublicBuckets", block.restrictPublicBuckets()));
  }
}
