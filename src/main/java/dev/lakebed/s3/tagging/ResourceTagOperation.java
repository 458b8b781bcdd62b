package dev.lakebed.s3.tagging;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Effect;
import dev.lakebed.policy.Keys;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.S3Access;
import dev.lakebed.s3.operation.S3Operation;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.Bucket;
import java.util.List;

/** An operation on the tags of a bucket, whose condition keys may be in the body. */
abstract class ResourceTagOperation implements S3Operation<Bucket> {
  private final BucketLookup lookup;
  private final String name;
  private final Effect effect;

  ResourceTagOperation(BucketLookup lookup, String name, Effect effect) {
    this.lookup = lookup;
    this.name = name;
    this.effect = effect;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Effect effect() {
    return effect;
  }

  @Override
  public final Bucket parse(S3Request request) {
    return lookup.require(request);
  }

  @Override
  public final List<Permission> permissions(S3Request request, Bucket bucket, Caller caller) {
    return List.of();
  }

  @Override
  public final List<Permission> anyOf(S3Request request, Bucket bucket) {
    return List.of(new S3Access(bucket, request).onBucket("s3:" + name));
  }

  @Override
  public final Call.Authorization authorization() {
    return Call.Authorization.PER_ITEM;
  }

  /**
   * Demands the right that has the operation's name, and that the account header names the owner of
   * the bucket or the caller's own account.
   */
  final void require(S3Request request, Bucket bucket, Caller caller, Keys keys) {
    caller.require(new S3Access(bucket, request).onBucket("s3:" + name, keys));
    String account = request.header(ControlRequest.ACCOUNT).orElse("");
    if (!account.equals(bucket.owner()) && !account.equals(caller.principal().account())) {
      throw S3Error.ACCESS_DENIED.exception("The bucket does not belong to the given account.");
    }
    TaggedBucket.requireGeneral(bucket);
  }
}
