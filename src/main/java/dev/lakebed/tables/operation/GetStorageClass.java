package dev.lakebed.tables.operation;

import dev.lakebed.pipeline.Call;
import dev.lakebed.policy.Keys;
import dev.lakebed.tables.access.Lookup;
import dev.lakebed.tables.access.NamedBucket;
import dev.lakebed.tables.access.NamedTable;
import dev.lakebed.tables.json.JsonAnswer;
import dev.lakebed.tables.route.Arguments;
import dev.lakebed.wire.Response;

/** Shows the storage class of a table bucket or table, which is always {@code STANDARD}. */
final class GetStorageClass {
  private final Lookup lookup;

  GetStorageClass(Lookup lookup) {
    this.lookup = lookup;
  }

  Call ofBucket(Arguments arguments) {
    NamedBucket bucket = lookup.bucket(arguments);
    return new PreparedCall(
        arguments.operation(),
        bucket.permission(arguments.operation().action(), Keys.NONE),
        account -> {
          bucket.bucket();
          return show();
        });
  }

  Call ofTable(Arguments arguments) {
    NamedTable table = lookup.table(arguments);
    return new PreparedCall(
        arguments.operation(),
        table.permission(arguments.operation().action()),
        account -> {
          table.table();
          return show();
        });
  }

  private static Response show() {
    return JsonAnswer.ok(
        JsonAnswer.object()
            .add(
                StorageClass.MEMBER,
                JsonAnswer.object().add(StorageClass.NAME, StorageClass.STANDARD))
            .build());
  }
}
