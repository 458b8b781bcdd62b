package dev.lakebed.clients;

import org.apache.iceberg.BaseMetastoreTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/** A table whose pointer to the current metadata file is kept in memory, as a catalog keeps it. */
final class FileTable extends BaseMetastoreTableOperations {
  private final FileIO io;
  private @Nullable String pointer;

  FileTable(FileIO io) {
    this.io = io;
  }

  @Override
  protected String tableName() {
    return "file-table";
  }

  @Override
  public FileIO io() {
    return io;
  }

  @Override
  protected void doRefresh() {
    refreshFromMetadataLocation(pointer);
  }

  @Override
  protected void doCommit(@Nullable TableMetadata base, TableMetadata metadata) {
    pointer = writeNewMetadataIfRequired(base == null, metadata);
  }
}
