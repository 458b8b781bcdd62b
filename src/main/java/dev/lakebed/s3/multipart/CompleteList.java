package dev.lakebed.s3.multipart;

import dev.lakebed.s3.condition.EntityTags;
import dev.lakebed.s3.error.S3Error;
import dev.lakebed.s3.xml.XmlElement;
import dev.lakebed.s3.xml.XmlReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The body of CompleteMultipartUpload.
 *
 * @param items in ascending order of part number
 */
record CompleteList(List<Item> items) {
  private static final int MAX_PARTS = 10_000;
  private static final String CHECKSUM = "Checksum";

  /**
   * One part.
   *
   * @param etag without quotes
   * @param checksums Base64 by name of the algorithm
   */
  record Item(int number, String etag, Map<String, String> checksums) {}

  /**
   * Reads the body.
   *
   * @throws dev.lakebed.s3.error.S3Exception MalformedXML, InvalidPartOrder
   */
  static CompleteList parse(byte[] body) {
    XmlElement root = XmlReader.read(body, "CompleteMultipartUpload").only("Part");
    if (root.children().isEmpty() || root.children().size() > MAX_PARTS) {
      throw S3Error.MALFORMED_XML.exception();
    }
    List<Item> items = root.children().stream().map(CompleteList::item).toList();
    for (int i = 1; i < items.size(); i++) {
      if (items.get(i).number() <= items.get(i - 1).number()) {
        throw S3Error.INVALID_PART_ORDER.exception();
      }
    }
    return new CompleteList(items);
  }

  private static Item item(XmlElement part) {
    String number = part.requiredText("PartNumber").strip();
    if (!number.matches("[0-9]{1,9}")) {
      throw S3Error.MALFORMED_XML.exception();
    }
    Map<String, String> checksums = new HashMap<>();
    for (XmlElement child : part.children()) {
      switch (child.name()) {
        case "PartNumber", "ETag" -> {
          // read by name
        }
        default -> {
          if (!child.name().startsWith(CHECKSUM)) {
            throw S3Error.MALFORMED_XML.exception();
          }
          checksums.put(child.name().substring(CHECKSUM.length()), child.text().strip());
        }
      }
    }
    int parsed = Integer.parseInt(number);
    if (parsed < 1 || parsed > MAX_PARTS) {
      throw S3Error.INVALID_ARGUMENT
          .exception("PartNumber must be >= 1 and <= " + MAX_PARTS)
          .with("ArgumentName", "partNumber")
          .with("ArgumentValue", number);
    }
    return new Item(parsed, EntityTags.unquoted(part.requiredText("ETag")), checksums);
  }
}
