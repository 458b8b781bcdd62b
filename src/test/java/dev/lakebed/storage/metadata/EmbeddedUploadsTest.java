package dev.lakebed.storage.metadata;

/** {@link UploadsContract} on the embedded database. */
class EmbeddedUploadsTest extends UploadsContract {
  @Override
  MetadataStore open() {
    return TestStores.embedded();
  }
}
