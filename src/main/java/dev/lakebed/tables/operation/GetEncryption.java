package dev.lakebed.tables.operation;

import dev.lakebed.pipeline.Call;
import dev.lakebed.policy.Keys;
import dev.lakebed.tables.access.Lookup;
import dev.lakebed.tables.access.NamedBucket;
import dev.lakebed.tables.access.NamedTable;
import dev.lakebed.tables.error.TablesError;
import dev.lakebed.tables.error.TablesException;
import dev.lakebed.tables.route.Arguments;

/**
 * Says that a table bucket or table has no encryption configuration, since nothing is encrypted at
 * rest: Terraform asks for it after every change and takes this answer for none.
 */
final class GetEncryption {
  private final Lookup lookup;

  GetEncryption(Lookup lookup) {
    this.lookup = lookup;
  }

  Call ofBucket(Arguments arguments) {
    NamedBucket bucket = lookup.bucket(arguments);
    return new PreparedCall(
        arguments.operation(),
        bucket.permission(arguments.operation().action(), Keys.NONE),
        account -> {
          bucket.bucket();
          throw none("table bucket");
        });
  }

  Call ofTable(Arguments arguments) {
    NamedTable table = lookup.table(arguments);
    return new PreparedCall(
        arguments.operation(),
        table.permission(arguments.operation().action()),
        account -> {
          table.table();
          throw none("table");
        });
  }

  private static TablesException none(String what) {
    return TablesError.NOT_FOUND.because("The " + what + " has no encryption configuration.");
  }
}
