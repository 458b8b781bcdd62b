package dev.lakebed.s3.object;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.ObjectLookup;
import dev.lakebed.s3.operation.ObjectTarget;
import dev.lakebed.s3.operation.S3Access;
import dev.lakebed.s3.operation.S3Operation;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlResponse;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.StoredObject;
import java.util.List;
import java.util.function.BiFunction;

/** Reads a sub-resource of one object: its tags, its access control list. */
public final class ObjectDocument implements S3Operation<ObjectTarget> {
  private final BucketLookup lookup;
  private final ObjectLookup objects;
  private final String name;
  private final String subject;
  private final BiFunction<ObjectTarget, StoredObject, XmlWriter> document;

  /**
   * Reads a sub-resource.
   *
   * @param name name of the operation
   * @param subject last word of its action, which is {@code s3:GetObject} or {@code
   *     s3:GetObjectVersion} before it
   * @param document gives the answer, or throws an error
   */
  public ObjectDocument(
      BucketLookup lookup,
      ObjectLookup objects,
      String name,
      String subject,
      BiFunction<ObjectTarget, StoredObject, XmlWriter> document) {
    this.lookup = lookup;
    this.objects = objects;
    this.name = name;
    this.subject = subject;
    this.document = document;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Effect effect() {
    return Effect.READS;
  }

  @Override
  public ObjectTarget parse(S3Request request) {
    return ObjectTarget.of(lookup, request);
  }

  @Override
  public List<Permission> permissions(S3Request request, ObjectTarget target, Caller caller) {
    String version = request.query("versionId").isPresent() ? "Version" : "";
    return List.of(
        new S3Access(target.bucket(), request)
            .onObject(
                "s3:GetObject" + version + subject, target.key(), objects.existingTags(target)));
  }

  @Override
  public Response execute(S3Request request, ObjectTarget target, Caller caller) {
    StoredObject object = objects.require(request, target, caller);
    return XmlResponse.of(document.apply(target, object));
  }
}
