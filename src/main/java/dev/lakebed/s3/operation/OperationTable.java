package dev.lakebed.s3.operation;

import dev.lakebed.pipeline.Effect;
import dev.lakebed.s3.error.S3Error;
import dev.lakebed.s3.request.S3Request;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which operation answers which route. A route outside the table is never served by a neighbour.
 */
public final class OperationTable {
  private final Map<Route, S3Operation<?>> operations;
  private final Map<String, Effect> effects = new HashMap<>();

  private OperationTable(Map<Route, S3Operation<?>> operations) {
    this.operations = Map.copyOf(operations);
    operations.values().forEach(each -> effects.put(each.name(), each.effect()));
  }

  /** Gathers routes. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The operation of a request.
   *
   * @throws dev.lakebed.s3.error.S3Exception MethodNotAllowed, or InvalidArgument for two
   *     sub-resources at once
   */
  public S3Operation<?> find(S3Request request) {
    S3Operation<?> operation = operations.get(Route.of(request));
    if (operation == null) {
      throw S3Error.METHOD_NOT_ALLOWED
          .exception()
          .with("Method", request.wire().method())
          .with("ResourceType", request.level().name());
    }
    return operation;
  }

  /** What the operation of that name does. */
  public Optional<Effect> effect(String name) {
    return Optional.ofNullable(effects.get(name));
  }

  /** Names of all operations. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    operations.values().forEach(operation -> names.add(operation.name()));
    return names;
  }

  /** Gathers routes; each only once. */
  public static final class Builder {
    private final Map<Route, S3Operation<?>> operations = new HashMap<>();

    private Builder() {}

    /** Adds a route on all buckets. */
    public Builder service(String method, String selector, S3Operation<?> operation) {
      return add(new Route(method, S3Request.Level.SERVICE, selector), operation);
    }

    /** Adds a route on one bucket. */
    public Builder bucket(String method, String selector, S3Operation<?> operation) {
      return add(new Route(method, S3Request.Level.BUCKET, selector), operation);
    }

    /** Adds a route on one object. */
    public Builder object(String method, String selector, S3Operation<?> operation) {
      return add(new Route(method, S3Request.Level.OBJECT, selector), operation);
    }

    private Builder add(Route route, S3Operation<?> operation) {
      if (operations.put(route, operation) != null) {
        throw new IllegalArgumentException("two operations for " + route);
      }
      return this;
    }

    /** The table. */
    public OperationTable build() {
      return new OperationTable(operations);
    }
  }
}
