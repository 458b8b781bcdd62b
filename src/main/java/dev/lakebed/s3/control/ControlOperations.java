package dev.lakebed.s3.control;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.metadata.AccessRules;
import dev.lakebed.pipeline.Call;
import dev.lakebed.pipeline.Effect;
import dev.lakebed.s3.error.S3Error;
import dev.lakebed.s3.error.S3Exception;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.ExpectedOwner;
import dev.lakebed.s3.operation.S3Operation;
import dev.lakebed.s3.request.S3Request;
import dev.lakebed.wire.Request;
import dev.lakebed.wire.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations of the S3 Control API; what it does not hold is not built. */
public final class ControlOperations {
  private final BucketLookup buckets;
  private final Map<String, S3Operation<?>> byMethod;

  /** Operations on these buckets. */
  public ControlOperations(BucketLookup buckets, AccessRules rules) {
    this.buckets = buckets;
    this.byMethod =
        Map.of(
            "GET", new ListTagsForResource(buckets),
            "POST", new TagResource(buckets, rules),
            "DELETE", new UntagResource(buckets, rules));
  }

  /**
   * The call that a request asks for.
   *
   * @throws dev.lakebed.s3.error.S3Exception MethodNotAllowed, NoSuchBucket
   */
  public Call bind(Request request) {
    S3Operation<?> operation = find(request);
    S3Request parsed;
    try {
      parsed = ControlRequest.bucket(request);
    } catch (S3Exception notBuilt) {
      return new NotBuilt(operation.name(), notBuilt);
    }
    return ExpectedOwner.guard(operation.bind(parsed), parsed, buckets);
  }

  /** What is not built is told to anybody who has signed. */
  private record NotBuilt(String operation, S3Exception error) implements Call {
    @Override
    public List<Permission> permissions(Caller caller) {
      return List.of();
    }

    @Override
    public Authorization authorization() {
      return Authorization.AUTHENTICATED;
    }

    @Override
    public Response execute(Caller caller) {
      throw error;
    }
  }

  /**
   * The operation that a request asks for.
   *
   * @throws dev.lakebed.s3.error.S3Exception MethodNotAllowed
   */
  public S3Operation<?> find(Request request) {
    S3Operation<?> operation = byMethod.get(request.method());
    if (operation == null) {
      throw S3Error.METHOD_NOT_ALLOWED.exception().with("Method", request.method());
    }
    return operation;
  }

  /** What the operation of that name does. */
  public Optional<Effect> effect(String name) {
    return byMethod.values().stream()
        .filter(operation -> operation.name().equals(name))
        .map(S3Operation::effect)
        .findAny();
  }
}
