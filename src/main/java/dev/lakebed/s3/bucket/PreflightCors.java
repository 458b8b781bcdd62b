package dev.lakebed.s3.bucket;

import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Error.S3Exception;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.CorsRule;
import java.util.List;

/**
 * The question of a browser whether a page may send a request. It is never signed, and tells no
 * more than the rules of the bucket; neither body nor key is looked at (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTOPTIONSobject.html">AWS, OPTIONS
 * object</a>).
 */
public record PreflightCors(BucketLookup buckets) implements Operation.Binding<S3Request> {
  @Override
  public Call bind(String name, S3Request request) {
    Response answer = new Response(200, headers(request), ResponseBody.NONE);
    return new Call(
        name, Call.Authorization.OPEN, caller -> List.of(), List.of(), caller -> answer);
  }

  private Headers headers(S3Request request) {
    CrossOriginRequest asked =
        CrossOriginRequest.asked(request.wire())
            .orElseThrow(
                () ->
                    S3Error.BAD_REQUEST.exception(
                        "Insufficient information. Origin request header needed."));
    Bucket bucket =
        buckets
            .find(request.bucket())
            .orElseThrow(
                () -> refused("CORSResponse: Bucket not found", asked, S3Request.Level.BUCKET));
    if (bucket.cors().isEmpty()) {
      throw refused(S3Error.ACCESS_FORBIDDEN.message(), asked, S3Request.Level.BUCKET);
    }
    if (asked.method().isEmpty()) {
      throw S3Error.BAD_REQUEST.exception("Invalid Access-Control-Request-Method: null");
    }
    return asked
        .firstOf(bucket.cors())
        .map(rule -> answer(rule, asked))
        .orElseThrow(
            () ->
                refused(
                    "CORSResponse: This CORS request is not allowed. This is usually because the"
                        + " evalution of Origin, request method / Access-Control-Request-Method or"
                        + " Access-Control-Request-Headers are not whitelisted by the resource's"
                        + " CORS spec.",
                    asked,
                    request.level()));
  }

  private static Headers answer(CorsRule rule, CrossOriginRequest asked) {
    Headers.Builder headers = CrossOriginRequest.headers(rule, asked);
    if (!asked.headers().isEmpty()) {
      headers.add("access-control-allow-headers", String.join(", ", asked.headers()));
    }
    return headers.build();
  }

  private static S3Exception refused(
      String message, CrossOriginRequest asked, S3Request.Level resource) {
    return S3Error.ACCESS_FORBIDDEN
        .exception(message)
        .with("Method", asked.method().orElse("OPTIONS"))
        .with("ResourceType", resource.name());
  }
}
