package dev.lakebed.s3.tagging;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.policy.Keys;
import dev.lakebed.s3.operation.ObjectLookup;
import dev.lakebed.s3.operation.ObjectTarget;
import dev.lakebed.s3.operation.S3Access;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.Objects;
import dev.lakebed.storage.metadata.StoredObject;
import dev.lakebed.storage.metadata.WriteCondition;
import java.util.Map;
import java.util.Optional;

/** What PutObjectTagging and DeleteObjectTagging have in common. */
public final class ObjectTagging {
  private final ObjectLookup lookup;
  private final Objects objects;

  /** Changes the tags of these objects. */
  public ObjectTagging(ObjectLookup lookup, Objects objects) {
    this.lookup = lookup;
    this.objects = objects;
  }

  /**
   * The right to change the tags.
   *
   * @param verb first word of the action
   * @param keys condition keys beside those of the tags that the object has
   */
  Permission permission(S3Request request, ObjectTarget target, String verb, Keys keys) {
    String version = request.query("versionId").isPresent() ? "Version" : "";
    return new S3Access(target.bucket(), request)
        .onObject(
            "s3:" + verb + "Object" + version + "Tagging",
            target.key(),
            keys.or(lookup.existingTags(target)));
  }

  /**
   * Gives the object other tags. When policies have judged by the tags that it had, it must still
   * have them.
   *
   * @throws dev.lakebed.s3.rest.S3Exception NoSuchKey, NoSuchVersion, OperationAborted
   */
  void set(S3Request request, ObjectTarget target, Map<String, String> tags, Caller caller) {
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
