package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.content.SmallBody;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.BucketOperation;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlElement;
import dev.lakebed.s3.rest.XmlReader;
import dev.lakebed.storage.metadata.AccessRules;
import dev.lakebed.storage.metadata.Bucket;
import dev.lakebed.storage.metadata.PublicAccessBlock;
import java.io.IOException;
import java.util.Optional;

/** PutPublicAccessBlock: replaces all four settings; one that is left out is off. */
public final class PutPublicAccessBlock extends BucketOperation {
  private static final int MAX_BODY = 16 * 1024;

  private final AccessRules rules;

  /** Changes these rules. */
  public PutPublicAccessBlock(BucketLookup lookup, AccessRules rules) {
    super(lookup, "PutPublicAccessBlock", Effect.ADMINISTERS, "s3:PutBucketPublicAccessBlock");
    this.rules = rules;
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) throws IOException {
    XmlElement settings =
        XmlReader.read(SmallBody.read(request, MAX_BODY), "PublicAccessBlockConfiguration")
            .only(
                "BlockPublicAcls",
                "IgnorePublicAcls",
                "BlockPublicPolicy",
                "RestrictPublicBuckets");
    PublicAccessBlock block =
        new PublicAccessBlock(
            flag(settings, "BlockPublicAcls"),
            flag(settings, "IgnorePublicAcls"),
            flag(settings, "BlockPublicPolicy"),
            flag(settings, "RestrictPublicBuckets"));
    rules.setBlock(bucket, Optional.of(block));
    return Response.of(200);
  }

  private static boolean flag(XmlElement settings, String name) {
    return switch (settings.childText(name).orElse("false").strip()) {
      case "true", "TRUE", "True" -> true;
      case "false", "FALSE", "False" -> false;
      default -> throw S3Error.MALFORMED_XML.exception();
    };
  }
}
