package dev.lakebed.tables.operation;

import dev.lakebed.operation.Call;
import dev.lakebed.policy.Keys;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.TablesRequest;

/** Shows a table bucket. */
final class GetTableBucket {
  private final TablesLookup lookup;

  GetTableBucket(TablesLookup lookup) {
    this.lookup = lookup;
  }

  Call prepare(TablesRequest arguments) {
    NamedBucket bucket = lookup.bucket(arguments);
    return PreparedCall.needing(
        arguments.operation(),
        bucket.permission(arguments.operation().action(), Keys.NONE),
        account -> JsonAnswer.ok(BucketView.of(bucket).build()));
  }
}
