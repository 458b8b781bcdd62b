package dev.lakebed.tables.operation;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesRequest;
import java.util.function.UnaryOperator;

/**
 * Says that a table bucket or table has no encryption configuration, since nothing is encrypted at
 * rest: Terraform asks for it after every change and takes this answer for none.
 */
final class GetEncryption {
  private final TablesLookup lookup;

  GetEncryption(TablesLookup lookup) {
    this.lookup = lookup;
  }

  Call ofBucket(TablesRequest arguments) {
    return PreparedCall.on(
        arguments, lookup.bucket(arguments), UnaryOperator.identity(), () -> none("table bucket"));
  }

  Call ofTable(TablesRequest arguments) {
    return PreparedCall.on(
        arguments, lookup.table(arguments), UnaryOperator.identity(), () -> none("table"));
  }

  private static Response none(String what) {
    throw TablesError.NOT_FOUND.because("The " + what + " has no encryption configuration.");
  }
}
