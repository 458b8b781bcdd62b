package dev.lakebed.storage.metadata;

/** {@link BucketsContract} on the embedded database. */
class EmbeddedBucketsTest extends BucketsContract {
  @Override
  MetadataStore open() {
    return TestStores.embedded();
  }
}
