package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.metadata.TestStores;
import dev.lakebed.storage.metadata.store.MetadataStore;

/** {@link UploadsContract} on the embedded database. */
class EmbeddedUploadsTest extends UploadsContract {
  @Override
  protected MetadataStore open() {
    return TestStores.embedded();
  }
}
