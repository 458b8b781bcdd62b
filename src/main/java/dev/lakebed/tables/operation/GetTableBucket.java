package dev.lakebed.tables.operation;

import dev.lakebed.operation.Call;
import dev.lakebed.policy.Keys;
import dev.lakebed.tables.access.Lookup;
import dev.lakebed.tables.access.NamedBucket;
import dev.lakebed.tables.json.JsonAnswer;
import dev.lakebed.tables.route.Arguments;

/** Shows a table bucket. */
final class GetTableBucket {
  private final Lookup lookup;

  GetTableBucket(Lookup lookup) {
    this.lookup = lookup;
  }

  Call prepare(Arguments arguments) {
    NamedBucket bucket = lookup.bucket(arguments);
    return PreparedCall.needing(
        arguments.operation(),
        bucket.permission(arguments.operation().action(), Keys.NONE),
        account -> JsonAnswer.ok(BucketView.of(bucket).build()));
  }
}
