package dev.lakebed.app;

import dev.lakebed.storage.metadata.Objects;
import dev.lakebed.storage.metadata.Upload;
import dev.lakebed.storage.metadata.Uploads;
import dev.lakebed.storage.metadata.WriteCondition;
import dev.lakebed.tables.operation.TablePurge;
import dev.lakebed.tables.operation.TablesServices.ObjectExistence;
import java.util.List;
import java.util.Optional;

/** The files of tables, seen by the table service. */
final class TableFiles implements ObjectExistence, TablePurge.Files {
  private final Objects objects;
  private final Uploads uploads;

  TableFiles(Objects objects, Uploads uploads) {
    this.objects = objects;
    this.uploads = uploads;
  }

  @Override
  public boolean exists(long bucket, String key) {
    return objects.find(bucket, key).isPresent();
  }

  @Override
  public boolean anyUnder(long bucket, String prefix) {
    return !page(bucket, prefix, 1).entries().isEmpty();
  }

  @Override
  public boolean deleteSome(long bucket, String prefix, int limit) {
    Objects.Page page = page(bucket, prefix, limit);
    List<Objects.Deletion> keys =
        page.entries().stream()
            .map(entry -> new Objects.Deletion(entry.name(), WriteCondition.NONE))
            .toList();
    if (!keys.isEmpty()) {
      objects.delete(bucket, keys).forEach(TableFiles::require);
    }
    Uploads.UploadPage open = uploads.list(bucket, prefix, "", "", Optional.empty(), limit);
    for (Upload upload : open.uploads()) {
      uploads.abort(upload);
    }
    return page.truncated() || open.truncated();
  }

  private static void require(Optional<RuntimeException> outcome) {
    if (outcome.isPresent()) {
      throw outcome.get();
    }
  }

  private Objects.Page page(long bucket, String prefix, int limit) {
    return objects.list(new Objects.ListQuery(bucket, prefix, "", "", false, limit));
  }
}
