package dev.lakebed.storage.metadata;

/** {@link ListingContract} on the embedded database. */
class EmbeddedListingTest extends ListingContract {
  @Override
  MetadataStore open() {
    return TestStores.embedded();
  }
}
