package dev.lakebed.app;

import dev.lakebed.app.Composition.Stores;
import dev.lakebed.auth.PrincipalBinding;
import dev.lakebed.operation.Protocol;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.Upload;
import dev.lakebed.storage.metadata.object.Uploads;
import dev.lakebed.tables.TableData;
import dev.lakebed.tables.TableRights;
import dev.lakebed.tables.TablesProtocol;
import dev.lakebed.tables.TablesProtocol.TablesServices;
import dev.lakebed.tables.table.TablePurge;
import dev.lakebed.tables.table.TablePurge.TableFiles;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The S3 Tables protocol on its stores. */
record TableService(Protocol protocol, TablePurge purge, TableRights rights) {
  static TableService of(
      String region, Stores stores, PrincipalBinding principals, InstantSource clock) {
    TableFiles files = new StoredTableFiles(stores.objects(), stores.uploads());
    TablePurge purge = new TablePurge(stores.drops(), files);
    TablesServices services =
        new TablesServices(
            region,
            stores.buckets(),
            stores.rules(),
            stores.namespaces(),
            stores.tables(),
            stores.policies(),
            principals,
            files,
            purge,
            clock);
    return new TableService(
        new TablesProtocol(services),
        purge,
        new TableRights(
            stores.buckets(), new TableData(region, stores.tables(), stores.policies())));
  }

  /** The files of tables, seen by the table service. */
  record StoredTableFiles(Objects objects, Uploads uploads) implements TableFiles {
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
        objects.delete(bucket, keys).forEach(StoredTableFiles::require);
      }
      Uploads.UploadPage open =
          uploads.list(new Uploads.ListQuery(bucket, prefix, "", "", Optional.empty(), limit));
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
}
