package dev.lakebed.s3.operation;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.Bucket;
import java.util.List;

/** An operation that takes nothing but the bucket and needs one right on it. */
public abstract class BucketOperation implements S3Operation<Bucket> {
  private final BucketLookup lookup;
  private final String name;
  private final Effect effect;
  private final String action;

  /** An operation of that name, allowed by that action. */
  protected BucketOperation(BucketLookup lookup, String name, Effect effect, String action) {
    this.lookup = lookup;
    this.name = name;
    this.effect = effect;
    this.action = action;
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
    return List.of(new S3Access(bucket, request).onBucket(action));
  }
}
