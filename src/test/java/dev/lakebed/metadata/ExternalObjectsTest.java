package dev.lakebed.metadata;

/** {@link ObjectsContract} on the external database. */
class ExternalObjectsTest extends ObjectsContract {
  @Override
  MetadataStore open() {
    return TestStores.external();
  }
}
