package dev.lakebed.s3.tagging;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.content.SmallBody;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.BucketOperation;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlReader;
import dev.lakebed.storage.metadata.AccessRules;
import dev.lakebed.storage.metadata.Bucket;
import java.io.IOException;

/**
 * PutBucketAbac: lets policies see the tags of the bucket, or not (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAbac.html">AWS,
 * PutBucketAbac</a>).
 */
public final class PutBucketAbac extends BucketOperation {
  static final String ENABLED = "Enabled";
  static final String DISABLED = "Disabled";

  private static final int MAX_BODY = 16 * 1024;

  private final AccessRules rules;

  /** Changes this setting. */
  public PutBucketAbac(BucketLookup lookup, AccessRules rules) {
    super(lookup, "PutBucketAbac", Effect.ADMINISTERS, "s3:PutBucketABAC");
    this.rules = rules;
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) throws IOException {
    TaggedBucket.requireGeneral(bucket);
    String status =
        XmlReader.read(SmallBody.read(request, MAX_BODY), "AbacStatus")
            .only("Status")
            .requiredText("Status");
    boolean enabled =
        switch (status) {
          case ENABLED -> true;
          case DISABLED -> false;
          default -> throw S3Error.MALFORMED_XML.exception();
        };
    rules.changeTags(bucket, now -> now.with(enabled));
    return Response.of(200);
  }
}
