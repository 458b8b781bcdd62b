package dev.lakebed.crash;

import dev.lakebed.s3.object.BlobDescriptor;
import dev.lakebed.storage.blob.SegmentedBlobStore;
import dev.lakebed.storage.blob.volume.VolumeSettings;
import dev.lakebed.storage.metadata.DatabaseSettings;
import dev.lakebed.storage.metadata.store.MetadataStore;
import java.io.IOException;
import java.nio.file.Path;

/** The database and the volume of a data directory, opened as the server does. */
record Stores(Path data, MetadataStore metadata, SegmentedBlobStore blobs)
    implements AutoCloseable {
  static Stores open(Path data) throws IOException {
    MetadataStore metadata =
        MetadataStore.open(new DatabaseSettings.Embedded(data.resolve("postgres")));
    SegmentedBlobStore blobs =
        SegmentedBlobStore.open(
            VolumeSettings.defaults(data),
            (ref, descriptor) -> {
              BlobDescriptor known = BlobDescriptor.decode(descriptor);
              return metadata.blobNames().isNamed(known.bucket(), known.key(), ref);
            },
            metadata.volumes());
    return new Stores(data, metadata, blobs);
  }

  @Override
  public void close() throws IOException {
    blobs.close();
    metadata.close();
  }
}
