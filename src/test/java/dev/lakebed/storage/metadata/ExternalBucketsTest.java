package dev.lakebed.storage.metadata;

/** {@link BucketsContract} on the external database. */
class ExternalBucketsTest extends BucketsContract {
  @Override
  MetadataStore open() {
    return TestStores.external();
  }
}
