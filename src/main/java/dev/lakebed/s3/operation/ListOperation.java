package dev.lakebed.s3.operation;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.s3.rest.S3Request;
import java.util.List;

/** A listing of one bucket, allowed by one action on it. */
public abstract class ListOperation implements S3Operation<ListParameters> {
  private final BucketLookup lookup;
  private final String name;
  private final String action;
  private final String limitName;

  public ListOperation(BucketLookup lookup, String name, String action, String limitName) {
    this.lookup = lookup;
    this.name = name;
    this.action = action;
    this.limitName = limitName;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Effect effect() {
    return Effect.READS;
  }

  @Override
  public final ListParameters parse(S3Request request) {
    return ListParameters.parse(request, lookup.require(request), limitName);
  }

  @Override
  public final List<Permission> permissions(
      S3Request request, ListParameters parameters, Caller caller) {
    S3Access access = new S3Access(parameters.bucket(), request);
    return List.of(access.onBucket(action, new ListKeys(request, limitName)));
  }
}
