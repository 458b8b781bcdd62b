package dev.lakebed.storage.metadata;

/** {@link ListingContract} on the external database. */
class ExternalListingTest extends ListingContract {
  @Override
  MetadataStore open() {
    return TestStores.external();
  }
}
