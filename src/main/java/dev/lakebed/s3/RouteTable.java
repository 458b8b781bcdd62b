package dev.lakebed.s3;

import static dev.lakebed.operation.Operation.Effect.ADMINISTERS;
import static dev.lakebed.operation.Operation.Effect.READS;

import dev.lakebed.operation.Operation;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.operation.OperationTable;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.BucketOperation;
import dev.lakebed.s3.operation.Route;
import dev.lakebed.s3.operation.S3Operation;
import dev.lakebed.s3.rest.S3Request;

/** Gathers which operation answers which route; each route has only one. */
final class RouteTable {
  private final BucketLookup buckets;
  private final OperationTable.Builder<Route, S3Request> operations = OperationTable.builder();

  RouteTable(BucketLookup buckets) {
    this.buckets = buckets;
  }

  /** A read of a sub-resource of buckets, allowed by the action that has the operation's name. */
  RouteTable read(String selector, String name, BucketOperation.Work work) {
    return read(selector, name, "s3:" + name, work);
  }

  RouteTable read(String selector, String name, String action, BucketOperation.Work work) {
    return bucket("GET", selector, name, READS, new BucketOperation(buckets, action, work));
  }

  /** A change of a bucket or of one of its sub-resources. */
  RouteTable change(
      String method, String selector, String name, String action, BucketOperation.Work work) {
    return bucket(method, selector, name, ADMINISTERS, new BucketOperation(buckets, action, work));
  }

  RouteTable bucket(
      String method, String selector, String name, Effect effect, S3Operation<?> operation) {
    return add(new Route(method, S3Request.Level.BUCKET, selector), name, effect, operation);
  }

  RouteTable object(
      String method, String selector, String name, Effect effect, S3Operation<?> operation) {
    return add(new Route(method, S3Request.Level.OBJECT, selector), name, effect, operation);
  }

  RouteTable add(Route route, String name, Effect effect, S3Operation<?> operation) {
    operations.add(route, new Operation<>(name, effect, operation::bind));
    return this;
  }

  /** The table. A route outside it is never served by a neighbour. */
  OperationTable<Route, S3Request> build() {
    return operations.build();
  }
}
