package dev.lakebed.s3.operation;

import dev.lakebed.operation.Operation;
import dev.lakebed.operation.OperationTable;
import dev.lakebed.s3.rest.S3Request;

/** Gathers which operation answers which route; each route has only one. */
public final class RouteTable {
  private final OperationTable.Builder<Route, S3Request> operations = OperationTable.builder();

  /** Adds a route on all buckets. */
  public RouteTable service(String method, String selector, S3Operation<?> operation) {
    return add(new Route(method, S3Request.Level.SERVICE, selector), operation);
  }

  /** Adds a route on one bucket. */
  public RouteTable bucket(String method, String selector, S3Operation<?> operation) {
    return add(new Route(method, S3Request.Level.BUCKET, selector), operation);
  }

  /** Adds a route on one object. */
  public RouteTable object(String method, String selector, S3Operation<?> operation) {
    return add(new Route(method, S3Request.Level.OBJECT, selector), operation);
  }

  private RouteTable add(Route route, S3Operation<?> operation) {
    operations.add(
        route,
        new Operation<>(
            operation.name(), operation.effect(), (name, request) -> operation.bind(request)));
    return this;
  }

  /** The table. A route outside it is never served by a neighbour. */
  public OperationTable<Route, S3Request> build() {
    return operations.build();
  }
}
