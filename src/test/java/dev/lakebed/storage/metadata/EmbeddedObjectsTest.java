package dev.lakebed.storage.metadata;

/** {@link ObjectsContract} on the embedded database. */
class EmbeddedObjectsTest extends ObjectsContract {
  @Override
  MetadataStore open() {
    return TestStores.embedded();
  }
}
