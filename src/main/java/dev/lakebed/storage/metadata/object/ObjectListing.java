package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.KeyBytes;
import dev.lakebed.storage.metadata.KeyBytes.ListRange;
import dev.lakebed.storage.metadata.object.Objects.CommonPrefix;
import dev.lakebed.storage.metadata.object.Objects.Entry;
import dev.lakebed.storage.metadata.object.Objects.ListQuery;
import dev.lakebed.storage.metadata.object.Objects.Listed;
import dev.lakebed.storage.metadata.object.Objects.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Pages of current objects, one round trip each. */
record ObjectListing(Database database) {
  private static final String FLAT =
      """
      SELECT false, o.key, o.size, o.modified_ms, o.etag, o.storage_class, o.checksum_algorithm,
        o.checksum_full, o.checksum
      FROM object o WHERE o.bucket_id = ? AND o.key >= ? AND o.key < ? ORDER BY o.key LIMIT ?
      """;
  private static final String ROLLED_UP = "SELECT * FROM list_objects(?, ?, ?, ?, ?, ?, ?)";

  Page page(ListQuery query) {
    if (query.limit() <= 0) {
      return new Page(List.of(), false);
    }
    List<Entry> entries = entries(query);
    boolean truncated = entries.size() > query.limit();
    return new Page(
        truncated ? List.copyOf(entries.subList(0, query.limit())) : entries, truncated);
  }

  /** One more than asked for, which tells whether more follows. */
  private List<Entry> entries(ListQuery query) {
    long bucket = query.bucket();
    int limit = query.limit() + 1;
    byte[] delimiter = KeyBytes.of(query.delimiter());
    ListRange range = ListRange.of(query.prefix(), query.after(), query.skipPrefix());
    return delimiter.length == 0
        ? database.rows(FLAT, row -> entry(row, bucket), bucket, range.from(), range.until(), limit)
        : database.rows(
            ROLLED_UP,
            row -> entry(row, bucket),
            bucket,
            range.from(),
            range.until(),
            range.skip(),
            delimiter,
            KeyBytes.afterAll(delimiter),
            limit);
  }

  private static Entry entry(ResultSet row, long bucket) throws SQLException {
    return row.getBoolean(1)
        ? new CommonPrefix(KeyBytes.text(row.getBytes(2)))
        : new Listed(ObjectRow.listed(row, 2, bucket));
  }
}
