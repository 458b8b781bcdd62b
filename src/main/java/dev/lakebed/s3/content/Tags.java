package dev.lakebed.s3.content;

import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.RawTarget.MalformedTargetException;
import dev.lakebed.s3.rest.S3Error;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Object tags of the {@code x-amz-tagging} header (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html">AWS, Object
 * tagging</a>).
 */
public final class Tags {
  private Tags() {}

  /**
   * Reads the header, encoded like a query where a plus is a space.
   *
   * @throws dev.lakebed.s3.rest.S3Exception InvalidArgument, InvalidTag
   */
  public static Map<String, String> parse(Optional<String> header) {
    List<Map.Entry<String, String>> tags = new ArrayList<>();
    for (String pair : header.orElse("").split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String key = decode(equals < 0 ? pair : pair.substring(0, equals));
      tags.add(Map.entry(key, equals < 0 ? "" : decode(pair.substring(equals + 1))));
    }
    return TagRules.OBJECT.check(tags);
  }

  /**
   * The header that says the same as a {@code Tagging} document.
   *
   * @throws dev.lakebed.s3.rest.S3Exception MalformedXML
   */
  public static String header(String document) {
    return TagDocument.read(document.getBytes(StandardCharsets.UTF_8)).stream()
        .map(
            tag ->
                PercentEncoding.encode(tag.getKey()) + "=" + PercentEncoding.encode(tag.getValue()))
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
}
