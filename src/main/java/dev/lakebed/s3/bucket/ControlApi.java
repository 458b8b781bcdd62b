package dev.lakebed.s3.bucket;

import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.Request;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.operation.OperationTable;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.ExpectedOwner;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Exception;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.bucket.AccessRules;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is built of the S3 Control API: the tags of buckets (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_AWS_S3_Control.html">AWS, S3
 * Control</a>). Its requests share signature and port with S3; path and account header together are
 * sent by no S3 client.
 */
public final class ControlApi {
  static final String ACCOUNT = "x-amz-account-id";

  private static final String VERSION = "/v20180820/";
  private static final String TAGS = VERSION + "tags/";
  private static final Pattern BUCKET = Pattern.compile("arn:aws[-a-z0-9]*:s3:::([^/:*?]+)");

  private final BucketLookup buckets;
  private final OperationTable<String, S3Request> byMethod;

  public ControlApi(BucketLookup buckets, AccessRules rules) {
    this.buckets = buckets;
    ControlTagging tagging = new ControlTagging(buckets, rules);
    this.byMethod =
        OperationTable.<String, S3Request>builder()
            .add("GET", tagging.operation("ListTagsForResource", Effect.READS, tagging::list))
            .add("POST", tagging.operation("TagResource", Effect.ADMINISTERS, tagging::tag))
            .add("DELETE", tagging.operation("UntagResource", Effect.ADMINISTERS, tagging::untag))
            .build();
  }

  /** The call that a request asks for, or fails with MethodNotAllowed, NoSuchBucket. */
  public Call bind(Request request) throws IOException {
    Operation<? super S3Request> operation = find(request);
    S3Request parsed;
    try {
      parsed = bucket(request);
    } catch (S3Exception notBuilt) {
      // What is not built is told to anybody who has signed.
      return new Call(
          operation.name(),
          Call.Authorization.AUTHENTICATED,
          caller -> List.of(),
          List.of(),
          caller -> {
            throw notBuilt;
          });
    }
    return ExpectedOwner.guard(operation.bind(parsed), parsed, buckets);
  }

  /** The operation that a request asks for, or fails with MethodNotAllowed. */
  public Operation<? super S3Request> find(Request request) {
    return byMethod
        .find(request.method())
        .orElseThrow(() -> S3Error.METHOD_NOT_ALLOWED.exception().with("Method", request.method()));
  }

  public Optional<Effect> effect(String name) {
    return byMethod.effect(name);
  }

  public Collection<Operation<? super S3Request>> operations() {
    return byMethod.all();
  }

  /** Whether it is one. */
  public static boolean is(Request request) {
    return request.target().path().startsWith(VERSION) && request.headers().has(ACCOUNT);
  }

  /**
   * The request as one about the bucket whose ARN is in the path.
   *
   * @throws dev.lakebed.s3.rest.S3Exception NotImplemented for other parts of the API
   * @throws dev.lakebed.http.RawTarget.MalformedTargetException when the path is not UTF-8
   */
  private static S3Request bucket(Request request) {
    String path = request.target().path();
    if (!path.startsWith(TAGS)) {
      throw S3Error.NOT_IMPLEMENTED.exception(
          "Of the S3 Control API this server implements the tags of buckets only.");
    }
    Matcher arn = BUCKET.matcher(PercentEncoding.decode(path.substring(TAGS.length())));
    if (!arn.matches()) {
      throw S3Error.NOT_IMPLEMENTED.exception(
          "This server tags buckets only: the resource must be arn:aws:s3:::BUCKET.");
    }
    return new S3Request(request, arn.group(1), "");
  }
}
