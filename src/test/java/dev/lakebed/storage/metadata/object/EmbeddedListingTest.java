package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.metadata.TestStores;
import dev.lakebed.storage.metadata.store.MetadataStore;

/** {@link ListingContract} on the embedded database. */
class EmbeddedListingTest extends ListingContract {
  @Override
  protected MetadataStore open() {
    return TestStores.embedded();
  }
}
