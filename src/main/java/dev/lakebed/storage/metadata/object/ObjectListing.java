package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.KeyBytes;
import dev.lakebed.storage.metadata.KeyBytes.ListRange;
import dev.lakebed.storage.metadata.object.Objects.CommonPrefix;
import dev.lakebed.storage.metadata.object.Objects.Entry;
import dev.lakebed.storage.metadata.object.Objects.ListQuery;
import dev.lakebed.storage.metadata.object.Objects.Listed;
import dev.lakebed.storage.metadata.object.Objects.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Pages of current objects, one round trip each. */
final class ObjectListing {
  private static final String FLAT =
      """
      SELECT false, o.key, o.size, o.modified_ms, o.etag, o.storage_class, o.checksum_algorithm,
        o.checksum_full, o.checksum
      FROM object o WHERE o.bucket_id = ? AND o.key >= ? AND o.key < ? ORDER BY o.key LIMIT ?
      """;
  private static final String ROLLED_UP = "SELECT * FROM list_objects(?, ?, ?, ?, ?, ?, ?)";

  private final Database database;

  ObjectListing(Database database) {
    this.database = database;
  }

  Page page(ListQuery query) {
    if (query.limit() <= 0) {
      return new Page(List.of(), false);
    }
    ListRange range = ListRange.of(query.prefix(), query.after(), query.skipPrefix());
    List<Entry> entries = database.read(connection -> entries(connection, query, range));
    boolean truncated = entries.size() > query.limit();
    return new Page(
        truncated ? List.copyOf(entries.subList(0, query.limit())) : entries, truncated);
  }

  private static List<Entry> entries(Connection connection, ListQuery query, ListRange range)
      throws SQLException {
    boolean flat = query.delimiter().isEmpty();
    try (PreparedStatement statement = connection.prepareStatement(flat ? FLAT : ROLLED_UP)) {
      statement.setLong(1, query.bucket());
      statement.setBytes(2, range.from());
      statement.setBytes(3, range.until());
      // One more than asked for tells whether more follows.
      if (flat) {
        statement.setInt(4, query.limit() + 1);
      } else {
        byte[] delimiter = KeyBytes.of(query.delimiter());
        statement.setInt(4, range.skip());
        statement.setBytes(5, delimiter);
        statement.setBytes(6, KeyBytes.afterAll(delimiter));
        statement.setInt(7, query.limit() + 1);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<Entry> entries = new ArrayList<>();
        while (rows.next()) {
          entries.add(entry(rows, query.bucket()));
        }
        return entries;
      }
    }
  }

  private static Entry entry(ResultSet row, long bucket) throws SQLException {
    return row.getBoolean(1)
        ? new CommonPrefix(KeyBytes.text(row.getBytes(2)))
        : new Listed(ObjectRow.listed(row, 2, bucket));
  }
}
