package dev.lakebed.storage.metadata.bucket;

import dev.lakebed.storage.metadata.TestStores;
import dev.lakebed.storage.metadata.store.MetadataStore;

/** {@link BucketsContract} on the external database. */
class ExternalBucketsTest extends BucketsContract {
  @Override
  protected MetadataStore open() {
    return TestStores.external();
  }
}
