package dev.lakebed.tables.table;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.storage.metadata.tables.StoredTable;
import dev.lakebed.storage.metadata.tables.Tables;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.JsonMembers;
import dev.lakebed.tables.rest.MetadataLocation;
import dev.lakebed.tables.rest.NamedTable;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesLookup;
import dev.lakebed.tables.rest.TablesRequest;
import dev.lakebed.tables.table.TablePurge.TableFiles;
import jakarta.json.JsonObjectBuilder;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** GetTableMetadataLocation and UpdateTableMetadataLocation, which commits a change of a table. */
public record TableMetadataOperations(
    TablesLookup lookup, Tables tables, TableFiles files, InstantSource clock) {
  /** The current metadata file with the version token that a commit must show. */
  public Response get(NamedTable named) {
    StoredTable table = named.table();
    JsonObjectBuilder body =
        JsonAnswer.object()
            .add("versionToken", table.versionToken())
            .add("warehouseLocation", named.warehouse().toString());
    table.metadataLocation().ifPresent(location -> body.add("metadataLocation", location));
    return JsonAnswer.ok(body);
  }

  /**
   * The commit: sets the metadata file if the version token is still the current one. The file must
   * exist and lie in the table's own location.
   */
  public Call update(TablesRequest request) {
    NamedTable table = lookup.table(request);
    JsonMembers body = request.body();
    String expected = VersionToken.check(body.text("versionToken"));
    MetadataLocation location = MetadataLocation.parse(body.text("metadataLocation"));
    return request.call(
        table.permission(request.action()), account -> commit(account, table, expected, location));
  }

  private Response commit(
      String account, NamedTable named, String expected, MetadataLocation location) {
    StoredTable table = named.table();
    if (!named.warehouse().contains(location)) {
      throw TablesError.BAD_REQUEST.because(
          "The metadata location must lie in the table's warehouse location "
              + named.warehouse()
              + '.');
    }
    if (!files.exists(table.namespace().bucket(), location.key())) {
      throw TablesError.BAD_REQUEST.because("There is no object at the metadata location.");
    }
    String next = VersionToken.random();
    tables.commit(
        table.id(),
        expected,
        new Tables.Commit(
            location.toString(), next, new StoredTable.Change(clock.instant(), account)));
    return JsonAnswer.ok(
        JsonAnswer.object()
            .add("name", table.name())
            .add("tableARN", named.arn())
            .add("namespace", JsonAnswer.listOf(table.namespace().name()))
            .add("versionToken", next)
            .add("metadataLocation", location.toString()));
  }

  /** Token that changes with every change of a table; a writer shows the one it has read. */
  static final class VersionToken {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern FORM = Pattern.compile("[!-~]{1,2048}");
    private static final int BYTES = 16;

    private VersionToken() {}

    /**
     * A token that a client sends, or fails with BadRequestException unless it has 1 to 2048
     * visible ASCII characters.
     */
    static String check(String value) {
      if (!FORM.matcher(value).matches()) {
        throw TablesError.BAD_REQUEST.because(
            "versionToken must have 1 to 2048 visible ASCII characters");
      }
      return value;
    }

    /** A token that was never used: 32 hexadecimal digits. */
    static String random() {
      byte[] bytes = new byte[BYTES];
      RANDOM.nextBytes(bytes);
      return HexFormat.of().formatHex(bytes);
    }
  }
}
