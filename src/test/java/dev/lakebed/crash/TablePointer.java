package dev.lakebed.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3tables.S3TablesClient;
import software.amazon.awssdk.services.s3tables.model.ConflictException;
import software.amazon.awssdk.services.s3tables.model.GetTableMetadataLocationResponse;
import software.amazon.awssdk.services.s3tables.model.OpenTableFormat;
import software.amazon.awssdk.services.s3tables.model.UpdateTableMetadataLocationResponse;

/** The metadata location of one table, moved by one writer. */
final class TablePointer {
  static final String NAMESPACE = "crash";
  private static final int FILES = 8;

  private final String bucketArn;
  private final String name;
  private final List<ObjectState> files = new ArrayList<>();
  private String warehouse = "";
  private String token = "";
  private Optional<String> location = Optional.empty();
  private Optional<String> attempt = Optional.empty();
  private int updates;

  TablePointer(String bucketArn, String name) {
    this.bucketArn = bucketArn;
    this.name = name;
  }

  /** Makes the table and the metadata files that it will point to. */
  void create(Clients clients) {
    clients
        .tables()
        .createTable(
            r ->
                r.tableBucketARN(bucketArn)
                    .namespace(NAMESPACE)
                    .name(name)
                    .format(OpenTableFormat.ICEBERG));
    GetTableMetadataLocationResponse table = get(clients.tables());
    token = table.versionToken();
    warehouse = table.warehouseLocation();
    for (int i = 0; i < FILES; i++) {
      String[] parts = location(i).substring("s3://".length()).split("/", 2);
      ObjectState file = new ObjectState(parts[0], parts[1]);
      ObjectWrites.put(clients.s3(), file, new Content(i, 2000), r -> {});
      files.add(file);
    }
  }

  List<ObjectState> files() {
    return files;
  }

  void update(S3TablesClient tables) {
    updates++;
    String next = location(updates % FILES);
    attempt = Optional.of(next);
    token = move(tables, token, next).versionToken();
    location = attempt;
    attempt = Optional.empty();
  }

  /** Checks what a restarted server has, which is the truth from now on. */
  void settle(S3TablesClient tables) {
    GetTableMetadataLocationResponse found = get(tables);
    Optional<String> now = Optional.ofNullable(found.metadataLocation());
    if (attempt.isEmpty() || !now.equals(attempt)) {
      assertThat(now).as("location of %s", name).isEqualTo(location);
      assertThat(found.versionToken()).as("token of %s", name).isEqualTo(token);
    } else {
      assertThat(found.versionToken()).as("token of %s", name).isNotEqualTo(token);
      String stale = token;
      assertThatThrownBy(() -> move(tables, stale, location(0)))
          .isInstanceOf(ConflictException.class);
    }
    token = found.versionToken();
    location = now;
    attempt = Optional.empty();
  }

  void delete(S3TablesClient tables) {
    tables.deleteTable(r -> r.tableBucketARN(bucketArn).namespace(NAMESPACE).name(name));
  }

  private GetTableMetadataLocationResponse get(S3TablesClient tables) {
    return tables.getTableMetadataLocation(
        r -> r.tableBucketARN(bucketArn).namespace(NAMESPACE).name(name));
  }

  private UpdateTableMetadataLocationResponse move(
      S3TablesClient tables, String versionToken, String metadataLocation) {
    return tables.updateTableMetadataLocation(
        r ->
            r.tableBucketARN(bucketArn)
                .namespace(NAMESPACE)
                .name(name)
                .versionToken(versionToken)
                .metadataLocation(metadataLocation));
  }

  private String location(int file) {
    return warehouse + "/metadata/0000" + file + "-crash.metadata.json";
  }
}
