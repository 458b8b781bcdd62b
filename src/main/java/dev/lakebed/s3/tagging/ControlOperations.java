package dev.lakebed.s3.tagging;

import dev.lakebed.http.Request;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Effect;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.OperationTable;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.ExpectedOwner;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Exception;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.AccessRules;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The operations of the S3 Control API; what it does not hold is not built. */
public final class ControlOperations {
  private final BucketLookup buckets;
  private final OperationTable<String, S3Request> byMethod;

  /** Operations on these buckets. */
  public ControlOperations(BucketLookup buckets, AccessRules rules) {
    this.buckets = buckets;
    this.byMethod =
        OperationTable.<String, S3Request>builder()
            .add("GET", operation(new ListTagsForResource(buckets)))
            .add("POST", operation(new TagResource(buckets, rules)))
            .add("DELETE", operation(new UntagResource(buckets, rules)))
            .build();
  }

  private static Operation<S3Request> operation(ResourceTagOperation operation) {
    return new Operation<>(
        operation.name(), operation.effect(), (name, request) -> operation.bind(request));
  }

  /**
   * The call that a request asks for.
   *
   * @throws dev.lakebed.s3.rest.S3Exception MethodNotAllowed, NoSuchBucket
   */
  public Call bind(Request request) throws IOException {
    Operation<? super S3Request> operation = find(request);
    S3Request parsed;
    try {
      parsed = ControlRequest.bucket(request);
    } catch (S3Exception notBuilt) {
      // What is not built is told to anybody who has signed.
      return new Call(
          operation.name(),
          Call.Authorization.AUTHENTICATED,
          caller -> List.of(),
          List.of(),
          caller -> {
            throw notBuilt;
          });
    }
    return ExpectedOwner.guard(operation.bind(parsed), parsed, buckets);
  }

  /**
   * The operation that a request asks for.
   *
   * @throws dev.lakebed.s3.rest.S3Exception MethodNotAllowed
   */
  public Operation<? super S3Request> find(Request request) {
    return byMethod
        .find(request.method())
        .orElseThrow(() -> S3Error.METHOD_NOT_ALLOWED.exception().with("Method", request.method()));
  }

  /** What the operation of that name does. */
  public Optional<Effect> effect(String name) {
    return byMethod.effect(name);
  }

  /** All of them. */
  public Collection<Operation<? super S3Request>> operations() {
    return byMethod.all();
  }
}
