package dev.lakebed.s3.object;

import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.VersionIds;
import dev.lakebed.s3.rest.WriteConditions;
import dev.lakebed.s3.rest.XmlElement;
import dev.lakebed.s3.rest.XmlReader;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import java.util.List;
import java.util.Optional;

/** The body of DeleteObjects. {@code items} are 1 to 1000. */
record DeleteList(boolean quiet, List<Item> items) {
  private static final int MAX_ITEMS = 1000;

  /**
   * One key. {@code directoryCondition} says whether it carries a condition that only directory
   * buckets have.
   */
  record Item(
      String key, Optional<String> versionId, Optional<String> etag, boolean directoryCondition) {

    WriteCondition condition() {
      return etag.map(WriteConditions::presentWith).orElse(WriteCondition.NONE);
    }

    /**
     * Whether there can be anything to delete, or fails with S3Exception when the item cannot be
     * served.
     */
    boolean namesCurrent() {
      S3Request.requireStorableKey(key);
      if (directoryCondition) {
        throw S3Error.NOT_IMPLEMENTED.exception();
      }
      if (versionId.isPresent() && !VersionIds.isPossible(versionId.get())) {
        throw S3Error.NO_SUCH_VERSION.exception();
      }
      return VersionIds.namesCurrent(versionId);
    }
  }

  /** Reads the body, or fails with MalformedXML. */
  static DeleteList parse(byte[] body) {
    XmlElement root = XmlReader.read(body, "Delete").only("Object", "Quiet");
    List<XmlElement> objects = root.children("Object");
    if (objects.isEmpty() || objects.size() > MAX_ITEMS) {
      throw S3Error.MALFORMED_XML.exception();
    }
    boolean quiet =
        root.childText("Quiet")
            .map(
                text ->
                    switch (text.strip()) {
                      case "true" -> true;
                      case "false", "" -> false;
                      default -> throw S3Error.MALFORMED_XML.exception();
                    })
            .orElse(false);
    return new DeleteList(quiet, objects.stream().map(DeleteList::item).toList());
  }

  private static Item item(XmlElement object) {
    object.only("Key", "VersionId", "ETag", "LastModifiedTime", "Size");
    String key = object.requiredText("Key");
    if (key.isEmpty()) {
      throw S3Error.MALFORMED_XML.exception();
    }
    return new Item(
        key,
        object.childText("VersionId").filter(id -> !id.isEmpty()),
        object.childText("ETag").filter(etag -> !etag.isEmpty()),
        object.child("LastModifiedTime").isPresent() || object.child("Size").isPresent());
  }
}
