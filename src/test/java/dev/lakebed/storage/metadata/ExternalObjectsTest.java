package dev.lakebed.storage.metadata;

/** {@link ObjectsContract} on the external database. */
class ExternalObjectsTest extends ObjectsContract {
  @Override
  MetadataStore open() {
    return TestStores.external();
  }
}
