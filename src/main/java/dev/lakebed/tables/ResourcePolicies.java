package dev.lakebed.tables;

import dev.lakebed.auth.PolicyWarnings;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.policy.ResourceActions;
import dev.lakebed.storage.metadata.bucket.AccessRules;
import dev.lakebed.storage.metadata.bucket.AccessRules.Face;
import dev.lakebed.storage.metadata.bucket.BucketAccess.StoredPolicy;
import dev.lakebed.storage.metadata.tables.TablePolicies;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.NamedBucket;
import dev.lakebed.tables.rest.NamedTable;
import dev.lakebed.tables.rest.TablesLookup;
import dev.lakebed.tables.rest.TablesRequest;
import java.util.Optional;
import java.util.function.Function;

/** Put, Get and Delete of TableBucketPolicy and TablePolicy. */
record ResourcePolicies(
    TablesLookup lookup, AccessRules rules, TablePolicies policies, PolicyDocument documents) {
  Call putOfBucket(TablesRequest request) {
    return ofBucket(request, bucket -> set(bucket, Optional.of(read(request, bucket))));
  }

  Call getOfBucket(TablesRequest request) {
    return ofBucket(request, bucket -> show(bucket.bucket().access().tablesPolicy()));
  }

  Call deleteOfBucket(TablesRequest request) {
    return ofBucket(request, bucket -> set(bucket, Optional.empty()));
  }

  Call putOfTable(TablesRequest request) {
    return ofTable(request, table -> set(table, Optional.of(read(request, table))));
  }

  Call getOfTable(TablesRequest request) {
    return ofTable(request, table -> show(table.policy()));
  }

  Call deleteOfTable(TablesRequest request) {
    return ofTable(request, table -> set(table, Optional.empty()));
  }

  private StoredPolicy read(TablesRequest request, NamedBucket bucket) {
    return documents.read(
        request.body(), "table bucket policy", ResourceActions.TABLE_BUCKET, bucket.arn());
  }

  private StoredPolicy read(TablesRequest request, NamedTable table) {
    return documents.read(request.body(), "table policy", ResourceActions.OF_TABLE, table.arn());
  }

  private Response show(Optional<StoredPolicy> policy) {
    return documents.show(policy.orElseThrow(PolicyDocument::missing));
  }

  private Response set(NamedBucket bucket, Optional<StoredPolicy> policy) {
    rules.setPolicy(bucket.bucket(), Face.TABLES, policy);
    return done(policy, bucket.arn());
  }

  private Response set(NamedTable table, Optional<StoredPolicy> policy) {
    policies.set(table.table().id(), policy);
    return done(policy, table.arn());
  }

  private static Response done(Optional<StoredPolicy> policy, String arn) {
    policy.ifPresent(set -> PolicyWarnings.log(set.policy(), arn));
    return JsonAnswer.done();
  }

  private Call ofBucket(TablesRequest request, Function<NamedBucket, Response> work) {
    return lookup.bucket(request).call(request, PolicyDocument::managing, work);
  }

  private Call ofTable(TablesRequest request, Function<NamedTable, Response> work) {
    return lookup.table(request).call(request, PolicyDocument::managing, work);
  }
}
