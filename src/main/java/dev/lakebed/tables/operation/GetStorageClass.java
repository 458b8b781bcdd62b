package dev.lakebed.tables.operation;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.tables.access.Lookup;
import dev.lakebed.tables.json.JsonAnswer;
import dev.lakebed.tables.route.Arguments;
import java.util.function.UnaryOperator;

/** Shows the storage class of a table bucket or table, which is always {@code STANDARD}. */
final class GetStorageClass {
  private final Lookup lookup;

  GetStorageClass(Lookup lookup) {
    this.lookup = lookup;
  }

  Call ofBucket(Arguments arguments) {
    return PreparedCall.on(
        arguments, lookup.bucket(arguments), UnaryOperator.identity(), GetStorageClass::show);
  }

  Call ofTable(Arguments arguments) {
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
