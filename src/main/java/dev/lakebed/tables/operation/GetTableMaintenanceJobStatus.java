package dev.lakebed.tables.operation;

import dev.lakebed.operation.Call;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.TablesRequest;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** Shows when maintenance ran: never, since there are no maintenance jobs yet. */
final class GetTableMaintenanceJobStatus {
  private static final List<String> JOBS =
      List.of("icebergCompaction", "icebergSnapshotManagement", "icebergUnreferencedFileRemoval");

  private final TablesLookup lookup;

  GetTableMaintenanceJobStatus(TablesLookup lookup) {
    this.lookup = lookup;
  }

  Call prepare(TablesRequest arguments) {
    NamedTable table = lookup.table(arguments);
    return PreparedCall.needing(
        arguments.operation(),
        table.permission(arguments.operation().action()),
        account ->
            JsonAnswer.ok(
                JsonAnswer.object()
                    .add("tableARN", table.arn())
                    .add("status", neverRun())
                    .build()));
  }

  private static JsonObjectBuilder neverRun() {
    JsonObjectBuilder status = JsonAnswer.object();
    JOBS.forEach(job -> status.add(job, JsonAnswer.object().add("status", "Not_Yet_Run")));
    return status;
  }
}
