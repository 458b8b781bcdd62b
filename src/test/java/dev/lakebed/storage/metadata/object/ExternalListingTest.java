package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.metadata.TestStores;
import dev.lakebed.storage.metadata.store.MetadataStore;

/** {@link ListingContract} on the external database. */
class ExternalListingTest extends ListingContract {
  @Override
  protected MetadataStore open() {
    return TestStores.external();
  }
}
