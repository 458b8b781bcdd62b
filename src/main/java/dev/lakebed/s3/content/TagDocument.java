package dev.lakebed.s3.content;

import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.XmlElement;
import dev.lakebed.s3.rest.XmlReader;
import dev.lakebed.s3.rest.XmlWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tags in XML. */
public final class TagDocument {
  /** More than the longest allowed document has, with every character escaped. */
  public static final int MAX_BODY = 256 * 1024;

  private TagDocument() {}

  /**
   * The tags of a {@code Tagging} document.
   *
   * @throws dev.lakebed.s3.rest.S3Exception MalformedXML
   */
  public static List<Map.Entry<String, String>> read(byte[] body) {
    return XmlReader.read(body, "Tagging")
        .only("TagSet")
        .child("TagSet")
        .map(TagDocument::list)
        .orElseThrow(S3Error.MALFORMED_XML::exception);
  }

  /**
   * The tags of an element that holds nothing else.
   *
   * @throws dev.lakebed.s3.rest.S3Exception MalformedXML
   */
  public static List<Map.Entry<String, String>> list(XmlElement tags) {
    return tags.only("Tag").children().stream()
        .map(tag -> tag.only("Key", "Value"))
        .map(tag -> Map.entry(tag.requiredText("Key"), tag.requiredText("Value")))
        .toList();
  }

  /** A {@code Tagging} document. */
  public static XmlWriter write(Map<String, String> tags) {
    return write(XmlWriter.document("Tagging"), "TagSet", tags);
  }

  /** Adds an element that holds the tags, in order of their keys. */
  public static XmlWriter write(XmlWriter xml, String name, Map<String, String> tags) {
    xml.open(name);
    new TreeMap<>(tags)
        .forEach(
            (key, value) ->
                xml.open("Tag").element("Key", key).element("Value", value).close("Tag"));
    return xml.close(name);
  }
}
