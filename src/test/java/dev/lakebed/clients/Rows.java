package dev.lakebed.clients;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.avro.Avro;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.avro.DataWriter;
import org.apache.iceberg.data.avro.PlannedDataReader;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;

/** Writes and reads the rows of the test tables, in Avro data files. */
final class Rows {
  static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));

  private Rows() {}

  /** Commits one data file with these rows. */
  static void append(Table table, long... ids) throws IOException {
    String location = table.locationProvider().newDataLocation(UUID.randomUUID() + ".avro");
    org.apache.iceberg.io.DataWriter<Record> writer =
        Avro.writeData(table.io().newOutputFile(location))
            .schema(table.schema())
            .createWriterFunc(DataWriter::create)
            .withSpec(PartitionSpec.unpartitioned())
            .build();
    try (writer) {
      for (long id : ids) {
        GenericRecord row = GenericRecord.create(table.schema());
        row.setField("id", id);
        writer.write(row);
      }
    }
    table.newAppend().appendFile(writer.toDataFile()).commit();
  }

  /** The rows of the current snapshot, in no order. */
  static List<Long> read(Table table) throws IOException {
    List<Long> ids = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        try (CloseableIterable<Record> rows =
            Avro.read(table.io().newInputFile(task.file().location()))
                .project(table.schema())
                .createResolvingReader(PlannedDataReader::create)
                .build()) {
          rows.forEach(row -> ids.add((Long) row.getField("id")));
        }
      }
    }
    return ids;
  }
}
