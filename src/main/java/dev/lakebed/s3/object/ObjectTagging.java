package dev.lakebed.s3.object;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.s3.object.Tags.TagDocument;
import dev.lakebed.s3.object.Tags.TagRules;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.ObjectLookup;
import dev.lakebed.s3.rest.ObjectLookup.ObjectTarget;
import dev.lakebed.s3.rest.S3Access.RequestObjectTags;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.StoredObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * GetObjectTagging, PutObjectTagging and DeleteObjectTagging (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html">AWS,
 * PutObjectTagging</a>).
 */
public record ObjectTagging(BucketLookup buckets, ObjectLookup lookup, Objects objects) {
  private static final String SUBJECT = "Tagging";

  public Response get(S3Request request, ObjectTarget target, Caller caller) {
    StoredObject object = lookup.require(request, target, caller);
    return XmlWriter.answer(TagDocument.write(object.attributes().tags()));
  }

  public Response delete(S3Request request, ObjectTarget target, Caller caller) {
    set(request, target, Map.of(), caller);
    return Response.of(204);
  }

  /** Policies may ask for the tags, which are in the body. */
  public Operation.Binding<S3Request> put() {
    return (name, request) -> {
      ObjectTarget target = ObjectTarget.of(buckets, request);
      return Call.perItem(
          name,
          List.of(lookup.permission(request, target, "Put", SUBJECT)),
          caller -> put(request, target, caller));
    };
  }

  private Response put(S3Request request, ObjectTarget target, Caller caller) throws IOException {
    Map<String, String> tags =
        TagRules.OBJECT.check(TagDocument.read(SmallBody.read(request, TagDocument.MAX_BODY)));
    caller.require(lookup.permission(request, target, "Put", SUBJECT, new RequestObjectTags(tags)));
    set(request, target, tags, caller);
    return Response.of(200);
  }

  /**
   * Gives the object other tags. When policies have judged by the tags that it had, it must still
   * have them. Fails with NoSuchKey, NoSuchVersion, OperationAborted.
   */
  private void set(
      S3Request request, ObjectTarget target, Map<String, String> tags, Caller caller) {
    WriteCondition unchanged =
        target.seen().map(ObjectTagging::sameTags).orElse(WriteCondition.NONE);
    lookup.require(request, target, caller);
    objects.tag(target.bucket().id(), target.key(), tags, unchanged);
  }

  private static WriteCondition sameTags(StoredObject judged) {
    Map<String, String> before = judged.attributes().tags();
    return current -> {
      Optional<Map<String, String>> now = current.map(object -> object.attributes().tags());
      if (now.filter(before::equals).isEmpty()) {
        throw S3Error.OPERATION_ABORTED.exception();
      }
    };
  }
}
