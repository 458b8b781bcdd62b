package dev.lakebed.s3.object;

import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.RawTarget.MalformedTargetException;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.XmlReader;
import dev.lakebed.s3.rest.XmlReader.XmlElement;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.TagText.TagFault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Object tags of the {@code x-amz-tagging} header (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html">AWS, Object
 * tagging</a>).
 */
public final class Tags {
  private Tags() {}

  /**
   * Reads the header, encoded like a query where a plus is a space. Fails with InvalidArgument,
   * InvalidTag.
   */
  public static Map<String, String> parse(Optional<String> header) {
    List<Map.Entry<String, String>> tags = new ArrayList<>();
    StringTokenizer pairs = new StringTokenizer(header.orElse(""), "&");
    while (pairs.hasMoreTokens()) {
      String pair = pairs.nextToken();
      int equals = pair.indexOf('=');
      String key = decode(equals < 0 ? pair : pair.substring(0, equals));
      tags.add(Map.entry(key, equals < 0 ? "" : decode(pair.substring(equals + 1))));
    }
    return TagRules.OBJECT.check(tags);
  }

  /** The header that says the same as a {@code Tagging} document, or fails with MalformedXML. */
  public static String header(String document) {
    return TagDocument.read(document.getBytes(StandardCharsets.UTF_8)).stream()
        .map(
            tag ->
                PercentEncoding.encode(tag.getKey()) + "=" + PercentEncoding.encode(tag.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String decode(String text) {
    try {
      return PercentEncoding.decodeForm(text, 0, text.length());
    } catch (MalformedTargetException malformed) {
      throw S3Error.invalidArgument(
          "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query"
              + " parameters without tag name duplicates.",
          "x-amz-tagging");
    }
  }

  /** How many tags there can be, beside the rules for each: see {@link TagFault}. */
  public enum TagRules {
    OBJECT("Object", 10),
    BUCKET("Bucket", 50);

    private final String subject;
    private final int most;

    TagRules(String subject, int most) {
      this.subject = subject;
      this.most = most;
    }

    /** The tags by key. Fails with InvalidTag. */
    public Map<String, String> check(List<Map.Entry<String, String>> pairs) {
      Map<String, String> tags = new LinkedHashMap<>();
      for (Map.Entry<String, String> pair : pairs) {
        TagFault.of(pair.getKey(), pair.getValue())
            .ifPresent(
                fault -> {
                  throw S3Error.INVALID_TAG.exception(message(fault));
                });
        if (tags.put(pair.getKey(), pair.getValue()) != null) {
          throw S3Error.INVALID_TAG.exception("Cannot provide multiple Tags with the same key");
        }
      }
      return limited(tags);
    }

    /** The tags, when they are not too many. Fails with InvalidTag. */
    public Map<String, String> limited(Map<String, String> tags) {
      if (tags.size() > most) {
        throw S3Error.INVALID_TAG.exception(subject + " tags cannot be greater than " + most);
      }
      return tags;
    }

    private static String message(TagFault fault) {
      return switch (fault) {
        case KEY -> "The TagKey you have provided is invalid";
        case VALUE -> "The TagValue you have provided is invalid";
        case RESERVED -> "System tags cannot be added/updated by requester";
      };
    }
  }

  public static final class TagDocument {
    /** More than the longest allowed document has, with every character escaped. */
    public static final int MAX_BODY = 256 * 1024;

    private TagDocument() {}

    /** The tags of a {@code Tagging} document, or fails with MalformedXML. */
    public static List<Map.Entry<String, String>> read(byte[] body) {
      return XmlReader.read(body, "Tagging")
          .only("TagSet")
          .child("TagSet")
          .map(TagDocument::list)
          .orElseThrow(S3Error.MALFORMED_XML::exception);
    }

    /** The tags of an element that holds nothing else, or fails with MalformedXML. */
    public static List<Map.Entry<String, String>> list(XmlElement tags) {
      return tags.only("Tag").children().stream()
          .map(tag -> tag.only("Key", "Value"))
          .map(tag -> Map.entry(tag.requiredText("Key"), tag.requiredText("Value")))
          .toList();
    }

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
}
