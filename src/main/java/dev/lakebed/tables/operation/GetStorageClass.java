package dev.lakebed.tables.operation;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.TablesRequest;
import java.util.function.UnaryOperator;

/** Shows the storage class of a table bucket or table, which is always {@code STANDARD}. */
final class GetStorageClass {
  private final TablesLookup lookup;

  GetStorageClass(TablesLookup lookup) {
    this.lookup = lookup;
  }

  Call ofBucket(TablesRequest arguments) {
    return PreparedCall.on(
        arguments, lookup.bucket(arguments), UnaryOperator.identity(), GetStorageClass::show);
  }

  Call ofTable(TablesRequest arguments) {
    return PreparedCall.on(
        arguments, lookup.table(arguments), UnaryOperator.identity(), GetStorageClass::show);
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
