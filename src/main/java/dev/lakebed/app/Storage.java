package dev.lakebed.app;

import dev.lakebed.app.Composition.Stores;
import dev.lakebed.app.StartEnd.StartFailure;
import dev.lakebed.front.servlet.ServletFilter;
import dev.lakebed.limit.ClientPlaces.ClientShare;
import dev.lakebed.ops.Settings;
import dev.lakebed.ops.StorageMetrics;
import dev.lakebed.s3.object.BlobDescriptor;
import dev.lakebed.storage.blob.BlobStore;
import dev.lakebed.storage.blob.SegmentedBlobStore;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.VolumeSettings;
import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.Database.DatabaseUnusableException;
import dev.lakebed.storage.metadata.DatabaseSettings;
import dev.lakebed.storage.metadata.store.MetadataStore;
import dev.lakebed.storage.metadata.tables.Drops.SqlDrops;
import dev.lakebed.storage.metadata.tables.JpaTables;
import dev.lakebed.storage.metadata.tables.Namespaces.JpaNamespaces;
import dev.lakebed.storage.metadata.tables.TablePolicies.JpaTablePolicies;
import java.io.IOException;

/** The database and the volume, opened in that order. */
record Storage(MetadataStore metadata, SegmentedBlobStore blobs) implements AutoCloseable {
  /** Opens both, or throws {@link StartFailure}. */
  static Storage open(Settings settings, DataDirectory data, StartLog log) {
    MetadataStore metadata = openMetadata(settings, data);
    log.step("Database ready: " + (settings.database().isPresent() ? "external" : "embedded"));
    try {
      SegmentedBlobStore blobs =
          SegmentedBlobStore.open(
              VolumeSettings.defaults(data.root()),
              (ref, descriptor) -> isNamed(metadata, ref, descriptor),
              metadata.volumes());
      log.step("Volume ready: " + data.resolve("volumes"));
      return new Storage(metadata, blobs);
    } catch (IOException failure) {
      metadata.close();
      throw StartFailure.here(
          "The volume in " + data.root() + " cannot be used: " + failure.getMessage());
    }
  }

  private static MetadataStore openMetadata(Settings settings, DataDirectory data) {
    DatabaseSettings database =
        settings
            .database()
            .<DatabaseSettings>map(
                external ->
                    new DatabaseSettings.External(
                        external.url(), external.user(), external.password()))
            .orElseGet(() -> new DatabaseSettings.Embedded(data.resolve("postgres")));
    try {
      return MetadataStore.open(
          database, new ClientShare(settings.clientShare(), ServletFilter::client));
    } catch (DatabaseUnusableException unusable) {
      throw StartFailure.here(String.valueOf(unusable.getMessage()));
    }
  }

  private static boolean isNamed(MetadataStore metadata, BlobRef ref, byte[] descriptor) {
    BlobDescriptor known = BlobDescriptor.decode(descriptor);
    return metadata.blobNames().isNamed(known.bucket(), known.key(), ref);
  }

  static Stores stores(MetadataStore metadata, BlobStore blobs) {
    Database reads = metadata.database();
    Database writes = metadata.writers();
    return new Stores(
        metadata.buckets(),
        metadata.accessRules(),
        metadata.objects(),
        metadata.uploads(),
        blobs,
        new JpaNamespaces(reads, writes),
        new JpaTables(reads, writes),
        new JpaTablePolicies(reads, writes),
        new SqlDrops(reads, writes));
  }

  /** Shows the counts of both. */
  void register(StorageMetrics metrics) {
    metrics.commits(
        () -> blobs.statistics().commitGroups(), () -> blobs.statistics().commitRecords());
    metrics.database(
        () -> metadata.statistics().operations(), () -> metadata.statistics().nanos() / 1e9);
  }

  @Override
  public void close() throws IOException {
    try {
      blobs.close();
    } finally {
      metadata.close();
    }
  }
}
