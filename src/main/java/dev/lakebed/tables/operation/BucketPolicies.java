package dev.lakebed.tables.operation;

import dev.lakebed.auth.PolicyWarnings;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.policy.ResourceActions;
import dev.lakebed.storage.metadata.AccessRules;
import dev.lakebed.storage.metadata.AccessRules.Face;
import dev.lakebed.storage.metadata.StoredPolicy;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.TablesRequest;
import java.util.Optional;
import java.util.function.Function;

/** PutTableBucketPolicy, GetTableBucketPolicy, DeleteTableBucketPolicy. */
final class BucketPolicies {
  private final TablesLookup lookup;
  private final AccessRules rules;
  private final PolicyBody bodies;

  BucketPolicies(TablesLookup lookup, AccessRules rules, PolicyBody bodies) {
    this.lookup = lookup;
    this.rules = rules;
    this.bodies = bodies;
  }

  Call put(TablesRequest arguments) {
    return call(arguments, bucket -> set(bucket, Optional.of(read(arguments, bucket))));
  }

  Call get(TablesRequest arguments) {
    return call(
        arguments,
        bucket ->
            bodies.show(bucket.bucket().access().tablesPolicy().orElseThrow(PolicyBody::missing)));
  }

  Call delete(TablesRequest arguments) {
    return call(arguments, bucket -> set(bucket, Optional.empty()));
  }

  private StoredPolicy read(TablesRequest arguments, NamedBucket bucket) {
    return bodies.read(
        arguments.body(), "table bucket policy", ResourceActions.TABLE_BUCKET, bucket.arn());
  }

  private Response set(NamedBucket bucket, Optional<StoredPolicy> policy) {
    rules.setPolicy(bucket.bucket(), Face.TABLES, policy);
    policy.ifPresent(set -> PolicyWarnings.log(set.policy(), bucket.arn()));
    return JsonAnswer.done();
  }

  private Call call(TablesRequest arguments, Function<NamedBucket, Response> work) {
    NamedBucket bucket = lookup.bucket(arguments);
    return PreparedCall.on(arguments, bucket, PolicyBody::managing, () -> work.apply(bucket));
  }
}
