package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.Jdbc;
import dev.lakebed.storage.metadata.KeyBytes;
import dev.lakebed.storage.metadata.KeyBytes.ListRange;
import dev.lakebed.storage.metadata.object.OpenUpload.UploadRow;
import dev.lakebed.storage.metadata.object.Upload.UploadIds;
import dev.lakebed.storage.metadata.object.Uploads.ListQuery;
import dev.lakebed.storage.metadata.object.Uploads.UploadPage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Pages of unfinished uploads. */
record UploadListing(Database database) {
  private static final String RANGE =
      "SELECT "
          + UploadRow.COLUMNS
          + " FROM upload WHERE bucket_id = ? AND completed_ms IS NULL"
          + " AND (key, initiated_ms, id) > (?, ?, ?) AND key < ?"
          + " ORDER BY key, initiated_ms, id LIMIT ?";

  UploadPage page(ListQuery query) {
    if (query.limit() <= 0) {
      return new UploadPage(List.of(), List.of(), false);
    }
    String afterKey = query.afterKey();
    Optional<String> afterId = query.afterId();
    // The page before ended with a common prefix.
    boolean rolledUp = !afterKey.isEmpty() && afterKey.equals(rollUp(afterKey, query));
    ListRange range = ListRange.of(query.prefix(), afterKey, rolledUp);
    return database.read(
        connection -> {
          UploadPosition start =
              afterKey.isEmpty() || afterId.isEmpty() || rolledUp
                  ? UploadPosition.before(range.from())
                  : UploadPosition.after(connection, query.bucket(), afterKey, afterId.get())
                      .orLater(range.from());
          return collect(connection, query, start, range.until());
        });
  }

  private static UploadPage collect(
      Connection connection, ListQuery query, UploadPosition start, byte[] until)
      throws SQLException {
    int limit = query.limit();
    List<Upload> uploads = new ArrayList<>();
    List<String> commonPrefixes = new ArrayList<>();
    UploadPosition position = start;
    while (true) {
      List<Upload> rows = rows(connection, query.bucket(), position, until, limit + 1);
      String rolled = "";
      for (Upload upload : rows) {
        if (!rolled.isEmpty() && upload.key().startsWith(rolled)) {
          continue;
        }
        if (uploads.size() + commonPrefixes.size() == limit) {
          return new UploadPage(uploads, commonPrefixes, true);
        }
        rolled = rollUp(upload.key(), query);
        if (rolled.isEmpty()) {
          uploads.add(upload);
        } else {
          commonPrefixes.add(rolled);
        }
      }
      if (rows.size() <= limit) {
        return new UploadPage(uploads, commonPrefixes, false);
      }
      // The rows ended inside a common prefix: go on behind it.
      Upload last = rows.getLast();
      position =
          rolled.isEmpty()
              ? UploadPosition.at(last)
              : UploadPosition.before(KeyBytes.afterAll(KeyBytes.of(rolled)));
    }
  }

  private static List<Upload> rows(
      Connection connection, long bucket, UploadPosition position, byte[] until, int limit)
      throws SQLException {
    return Jdbc.rows(
        connection,
        RANGE,
        row -> UploadRow.upload(row, bucket),
        bucket,
        position.key,
        position.initiatedMillis,
        position.id,
        until,
        limit);
  }

  /** The common prefix that stands for a key; empty when the key stands for itself. */
  private static String rollUp(String key, ListQuery query) {
    String delimiter = query.delimiter();
    if (delimiter.isEmpty() || !key.startsWith(query.prefix())) {
      return "";
    }
    int at = key.indexOf(delimiter, query.prefix().length());
    return at < 0 ? "" : key.substring(0, at + delimiter.length());
  }

  /** A place in the order of uploads: key, time of initiation, id. */
  @SuppressWarnings("ArrayRecordComponent")
  record UploadPosition(byte[] key, long initiatedMillis, String id) {
    private static final String INITIATED =
        "SELECT initiated_ms FROM upload WHERE id = ? AND bucket_id = ? AND key = ?";

    /** Before all uploads of a key. */
    static UploadPosition before(byte[] key) {
      return new UploadPosition(key, Long.MIN_VALUE, "");
    }

    static UploadPosition at(Upload upload) {
      return new UploadPosition(
          KeyBytes.of(upload.key()), upload.initiatedAt().toEpochMilli(), upload.id());
    }

    /**
     * At an upload that may have ended since. An id that tells nothing stands for the beginning of
     * its key: better to list twice than to miss one.
     */
    static UploadPosition after(Connection connection, long bucket, String key, String id)
        throws SQLException {
      byte[] keyBytes = KeyBytes.of(key);
      if (id.indexOf('\0') >= 0) {
        return before(keyBytes);
      }
      Optional<Long> initiated =
          Jdbc.first(connection, INITIATED, row -> row.getLong(1), id, bucket, keyBytes);
      if (initiated.isPresent()) {
        return new UploadPosition(keyBytes, initiated.get(), id);
      }
      OptionalLong millis = UploadIds.millis(id);
      return millis.isPresent()
          ? new UploadPosition(keyBytes, millis.getAsLong(), id)
          : before(keyBytes);
    }

    /** This place, unless {@code from} lies behind its key. */
    UploadPosition orLater(byte[] from) {
      // ListRange begins right behind the marker's key; only a prefix beyond the key moves it
      // further.
      return Arrays.compareUnsigned(from, KeyBytes.after(key)) > 0 ? before(from) : this;
    }
  }
}
