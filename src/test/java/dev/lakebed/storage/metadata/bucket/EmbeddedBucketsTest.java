package dev.lakebed.storage.metadata.bucket;

import dev.lakebed.storage.metadata.TestStores;
import dev.lakebed.storage.metadata.store.MetadataStore;

/** {@link BucketsContract} on the embedded database. */
class EmbeddedBucketsTest extends BucketsContract {
  @Override
  protected MetadataStore open() {
    return TestStores.embedded();
  }
}
