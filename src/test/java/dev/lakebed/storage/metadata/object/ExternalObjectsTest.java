package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.metadata.TestStores;
import dev.lakebed.storage.metadata.store.MetadataStore;

/** {@link ObjectsContract} on the external database. */
class ExternalObjectsTest extends ObjectsContract {
  @Override
  protected MetadataStore open() {
    return TestStores.external();
  }
}
