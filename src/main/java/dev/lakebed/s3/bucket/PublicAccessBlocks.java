package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.s3.object.SmallBody;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlReader;
import dev.lakebed.s3.rest.XmlReader.XmlElement;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.bucket.AccessRules;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.BucketAccess.PublicAccessBlock;
import java.io.IOException;
import java.util.Optional;

/** GetPublicAccessBlock, PutPublicAccessBlock and DeletePublicAccessBlock. */
public record PublicAccessBlocks(AccessRules rules) {
  private static final int MAX_BODY = 16 * 1024;

  public Response get(S3Request request, Bucket bucket, Caller caller) {
    PublicAccessBlock block =
        bucket
            .access()
            .block()
            .orElseThrow(() -> S3Error.NO_SUCH_PUBLIC_ACCESS_BLOCK.ofBucket(bucket.name()));
    return XmlWriter.answer(
        XmlWriter.document("PublicAccessBlockConfiguration")
            .element("BlockPublicAcls", block.blockPublicAcls())
            .element("IgnorePublicAcls", block.ignorePublicAcls())
            .element("BlockPublicPolicy", block.blockPublicPolicy())
            .element("RestrictPublicBuckets", block.restrictPublicBuckets()));
  }

  /** Replaces all four settings; one that is left out is off. */
  public Response put(S3Request request, Bucket bucket, Caller caller) throws IOException {
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

  /** Takes the right to put them. */
  public Response delete(S3Request request, Bucket bucket, Caller caller) {
    rules.setBlock(bucket, Optional.empty());
    return Response.of(204);
  }
}
