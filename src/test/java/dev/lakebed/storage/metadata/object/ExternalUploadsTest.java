package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.metadata.TestStores;
import dev.lakebed.storage.metadata.store.MetadataStore;

/** {@link UploadsContract} on the external database. */
class ExternalUploadsTest extends UploadsContract {
  @Override
  protected MetadataStore open() {
    return TestStores.external();
  }
}
