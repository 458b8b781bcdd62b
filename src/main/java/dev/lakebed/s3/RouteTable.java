package dev.lakebed.s3;

import static dev.lakebed.operation.Operation.Effect.ADMINISTERS;
import static dev.lakebed.operation.Operation.Effect.READS;

import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.operation.OperationTable;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.BucketOperation;
import dev.lakebed.s3.rest.ObjectLookup;
import dev.lakebed.s3.rest.ObjectOperation;
import dev.lakebed.s3.rest.Route;
import dev.lakebed.s3.rest.S3Access;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Error.S3Exception;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.blob.volume.CorruptBlobException.MissingBlobException;
import java.util.List;

/** Gathers which operation answers which route; each route has only one. */
final class RouteTable {
  private final BucketLookup buckets;
  private final ObjectLookup objects;
  private final OperationTable.Builder<Route, S3Request> operations = OperationTable.builder();

  RouteTable(BucketLookup buckets, ObjectLookup objects) {
    this.buckets = buckets;
    this.objects = objects;
  }

  /** A read of a sub-resource of buckets, allowed by the action that has the operation's name. */
  RouteTable read(String selector, String name, BucketOperation.Work work) {
    return read(selector, name, "s3:" + name, work);
  }

  RouteTable read(String selector, String name, String action, BucketOperation.Work work) {
    return bucket("GET", selector, name, READS, new BucketOperation(buckets, action, work));
  }

  RouteTable change(
      String method, String selector, String name, String action, BucketOperation.Work work) {
    return bucket(method, selector, name, ADMINISTERS, new BucketOperation(buckets, action, work));
  }

  RouteTable bucket(
      String method,
      String selector,
      String name,
      Effect effect,
      Operation.Binding<S3Request> operation) {
    return add(new Route(method, S3Request.Level.BUCKET, selector), name, effect, operation);
  }

  RouteTable object(
      String method,
      String selector,
      String name,
      Effect effect,
      Operation.Binding<S3Request> operation) {
    return add(new Route(method, S3Request.Level.OBJECT, selector), name, effect, operation);
  }

  /** An operation on a sub-resource of objects, allowed by the action that has its name. */
  RouteTable object(
      String method, String selector, String name, Effect effect, ObjectOperation.Work work) {
    String[] verbAndSubject = name.split("Object", 2);
    return object(
        method,
        selector,
        name,
        effect,
        new ObjectOperation(buckets, objects, verbAndSubject[0], verbAndSubject[1], work));
  }

  /** An object's bytes are gone when it is overwritten or deleted after it was found. */
  RouteTable add(Route route, String name, Effect effect, Operation.Binding<S3Request> operation) {
    Operation.Binding<S3Request> repeated =
        (api, request) -> Call.repeated(api, request, operation, MissingBlobException.class);
    operations.add(route, new Operation<>(name, effect, repeated));
    return this;
  }

  /**
   * An operation that always ends with the same error. That the bucket is missing, or that the
   * caller may not, is told first, as for every other operation. {@code action} is what AWS asks
   * for it, on the bucket or the object that is addressed.
   */
  RouteTable refuse(Route route, String name, Effect effect, String action, S3Exception error) {
    Operation<S3Request> refused =
        new Operation<>(name, effect, (api, request) -> refused(api, request, action, error));
    operations.add(route, error.error() == S3Error.NOT_IMPLEMENTED ? refused.notBuilt() : refused);
    return this;
  }

  /** The table. A route outside it is never served by a neighbour. */
  OperationTable<Route, S3Request> build() {
    return operations.build();
  }

  private Call refused(String name, S3Request request, String action, S3Exception error) {
    S3Access access = new S3Access(buckets.require(request), request);
    return Call.needing(
        name,
        List.of(
            request.level() == S3Request.Level.OBJECT
                ? access.onObject(action)
                : access.onBucket(action)),
        caller -> {
          throw error;
        });
  }
}
