package dev.lakebed.s3.attributes;

import dev.lakebed.s3.error.S3Error;
import dev.lakebed.s3.xml.XmlElement;
import dev.lakebed.s3.xml.XmlReader;
import dev.lakebed.wire.MalformedTargetException;
import dev.lakebed.wire.PercentEncoding;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Object tags of the {@code x-amz-tagging} header (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html">AWS, Object
 * tagging</a>): at most 10, keys of 1 to 128 and values of at most 256 characters.
 */
public final class Tags {
  private static final int MAX_TAGS = 10;
  private static final int MAX_KEY = 128;
  private static final int MAX_VALUE = 256;
  private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private Tags() {}

  /**
   * Reads the header, encoded like a query where a plus is a space.
   *
   * @throws dev.lakebed.s3.error.S3Exception InvalidArgument, InvalidTag
   */
  public static Map<String, String> parse(Optional<String> header) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (String pair : header.orElse("").split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String key = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      requireAllowed(key, value);
      if (tags.put(key, value) != null) {
        throw S3Error.INVALID_TAG.exception("Cannot provide multiple Tags with the same key");
      }
    }
    if (tags.size() > MAX_TAGS) {
      throw S3Error.INVALID_TAG.exception("Object tags cannot be greater than " + MAX_TAGS);
    }
    return tags;
  }

  /**
   * The header that says the same as a {@code Tagging} document.
   *
   * @throws dev.lakebed.s3.error.S3Exception MalformedXML
   */
  public static String header(String document) {
    XmlElement root =
        XmlReader.read(document.getBytes(StandardCharsets.UTF_8), "Tagging").only("TagSet");
    return root
        .child("TagSet")
        .orElseThrow(S3Error.MALFORMED_XML::exception)
        .only("Tag")
        .children()
        .stream()
        .map(tag -> tag.only("Key", "Value"))
        .map(
            tag ->
                PercentEncoding.encode(tag.requiredText("Key"))
                    + "="
                    + PercentEncoding.encode(tag.requiredText("Value")))
        .collect(Collectors.joining("&"));
  }

  private static String decode(String text) {
    try {
      return PercentEncoding.decode(text.replace('+', ' '));
    } catch (MalformedTargetException malformed) {
      throw S3Error.INVALID_ARGUMENT
          .exception(
              "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query"
                  + " parameters without tag name duplicates.")
          .with("ArgumentName", "x-amz-tagging");
    }
  }

  private static void requireAllowed(String key, String value) {
    if (key.isEmpty() || length(key) > MAX_KEY || !ALLOWED.matcher(key).matches()) {
      throw S3Error.INVALID_TAG.exception("The TagKey you have provided is invalid");
    }
    if (length(value) > MAX_VALUE || !ALLOWED.matcher(value).matches()) {
      throw S3Error.INVALID_TAG.exception("The TagValue you have provided is invalid");
    }
    if (key.startsWith("aws:")) {
      throw S3Error.INVALID_TAG.exception("System tags cannot be added by requests");
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
