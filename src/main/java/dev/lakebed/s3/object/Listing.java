package dev.lakebed.s3.object;

import dev.lakebed.s3.content.StorageClasses;
import dev.lakebed.s3.operation.ListParameters;
import dev.lakebed.s3.rest.EntityTags;
import dev.lakebed.s3.rest.HttpDate;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.object.StoredObject;
import java.util.List;

/** What the listings of objects have in common: the page and the elements of an entry. */
final class Listing {
  private final Objects objects;

  Listing(Objects objects) {
    this.objects = objects;
  }

  /** The page behind an exclusive start. */
  Objects.Page page(ListParameters parameters, String start) {
    String group = parameters.groupOf(start);
    return group.isEmpty() ? page(parameters, start, false) : page(parameters, group, true);
  }

  /** The page behind a key, or behind all of a common prefix. */
  Objects.Page page(ListParameters parameters, String after, boolean skipPrefix) {
    if (parameters.limit() == 0) {
      return new Objects.Page(List.of(), false);
    }
    return objects.list(
        new Objects.ListQuery(
            parameters.bucket().id(),
            parameters.prefix(),
            parameters.delimiter(),
            after,
            skipPrefix,
            parameters.limit()));
  }

  /** Size, tag, times of an object, without its key. */
  static void describe(XmlWriter xml, StoredObject object) {
    xml.element("LastModified", HttpDate.xml(object.lastModified()))
        .element("ETag", EntityTags.quoted(object.etag()));
    object
        .checksum()
        .ifPresent(
            checksum ->
                xml.element("ChecksumAlgorithm", checksum.algorithm())
                    .element("ChecksumType", checksum.fullObject() ? "FULL_OBJECT" : "COMPOSITE"));
    xml.element("Size", object.size())
        .element("StorageClass", StorageClasses.of(object.attributes().headers()));
  }

  /** How much was asked for, and whether there is more. */
  static void bounds(XmlWriter xml, ListParameters parameters, Objects.Page page) {
    xml.element("MaxKeys", parameters.limit());
    if (!parameters.delimiter().isEmpty()) {
      xml.element("Delimiter", parameters.shown(parameters.delimiter()));
    }
    if (parameters.encode()) {
      xml.element("EncodingType", "url");
    }
    xml.element("IsTruncated", page.truncated());
  }

  static void owner(XmlWriter xml, ListParameters parameters) {
    String owner = parameters.bucket().owner();
    xml.open("Owner").element("ID", owner).element("DisplayName", owner).close("Owner");
  }

  static void commonPrefixes(XmlWriter xml, ListParameters parameters, Objects.Page page) {
    for (Objects.Entry entry : page.entries()) {
      if (entry instanceof Objects.CommonPrefix prefix) {
        xml.open("CommonPrefixes")
            .element("Prefix", parameters.shown(prefix.name()))
            .close("CommonPrefixes");
      }
    }
  }
}
