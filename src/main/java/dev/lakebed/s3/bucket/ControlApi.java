package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.TagKeys.RequestTags;
import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.Request;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.operation.OperationTable;
import dev.lakebed.policy.Keys;
import dev.lakebed.s3.object.SmallBody;
import dev.lakebed.s3.object.Tags.TagDocument;
import dev.lakebed.s3.object.Tags.TagRules;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.BucketOperation;
import dev.lakebed.s3.rest.ExpectedOwner;
import dev.lakebed.s3.rest.S3Access;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Error.S3Exception;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlReader;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.bucket.AccessRules;
import dev.lakebed.storage.metadata.bucket.Bucket;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  public static boolean is(Request request) {
    return request.target().path().startsWith(VERSION) && request.headers().has(ACCOUNT);
  }

  /**
   * The request as one about the bucket whose ARN is in the path. Fails with NotImplemented for
   * other parts of the API, or MalformedTargetException when the path is not UTF-8.
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

  /**
   * ListTagsForResource, TagResource and UntagResource of S3 Control, for buckets. Their condition
   * keys may be in the body, so each asks for permission while it runs.
   */
  private record ControlTagging(BucketLookup lookup, AccessRules rules) {
    Operation<S3Request> operation(String name, Effect effect, BucketOperation.Work work) {
      return new Operation<>(
          name,
          effect,
          (api, request) -> {
            Bucket bucket = lookup.require(request);
            return Call.perItem(
                api,
                List.of(new S3Access(bucket, request).onBucket("s3:" + api)),
                caller -> work.run(request, bucket, caller));
          });
    }

    Response list(S3Request request, Bucket bucket, Caller caller) {
      require("ListTagsForResource", request, bucket, caller, Keys.NONE);
      return XmlWriter.answer(
          TagDocument.write(
              XmlWriter.control("ListTagsForResourceResult"), "Tags", bucket.tags().values()));
    }

    /** Adds tags to a bucket, in place of those of the same keys. */
    Response tag(S3Request request, Bucket bucket, Caller caller) throws IOException {
      Map<String, String> tags =
          XmlReader.read(SmallBody.read(request, TagDocument.MAX_BODY), "TagResourceRequest")
              .only("Tags")
              .child("Tags")
              .map(TagDocument::list)
              .map(TagRules.BUCKET::check)
              .orElseThrow(S3Error.MALFORMED_XML::exception);
      require("TagResource", request, bucket, caller, RequestTags.of(tags));
      rules.changeTags(
          bucket,
          now -> {
            Map<String, String> all = new HashMap<>(now.values());
            all.putAll(tags);
            return now.with(TagRules.BUCKET.limited(all));
          });
      return Response.of(204);
    }

    /** Takes tags from a bucket; one that it does not have counts as taken. */
    Response untag(S3Request request, Bucket bucket, Caller caller) {
      List<String> keys =
          request.wire().query().all().stream()
              .filter(parameter -> parameter.name().equals("tagKeys"))
              .map(QueryParameters.Parameter::value)
              .toList();
      require("UntagResource", request, bucket, caller, RequestTags.named(keys));
      rules.changeTags(
          bucket,
          now -> {
            Map<String, String> left = new HashMap<>(now.values());
            left.keySet().removeAll(keys);
            return now.with(left);
          });
      return Response.of(204);
    }

    /**
     * Demands the right that has the operation's name, and that the account header names the owner
     * of the bucket or the caller's own account.
     */
    private static void require(
        String name, S3Request request, Bucket bucket, Caller caller, Keys keys) {
      caller.require(new S3Access(bucket, request).onBucket("s3:" + name, keys));
      String account = request.header(ControlApi.ACCOUNT).orElse("");
      if (!account.equals(bucket.owner()) && !account.equals(caller.principal().account())) {
        throw S3Error.ACCESS_DENIED.exception("The bucket does not belong to the given account.");
      }
      BucketTagging.requireGeneral(bucket);
    }
  }
}
