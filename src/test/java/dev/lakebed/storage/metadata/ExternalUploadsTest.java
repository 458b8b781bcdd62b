package dev.lakebed.storage.metadata;

/** {@link UploadsContract} on the external database. */
class ExternalUploadsTest extends UploadsContract {
  @Override
  MetadataStore open() {
    return TestStores.external();
  }
}
