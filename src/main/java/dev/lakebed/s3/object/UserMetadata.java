package dev.lakebed.s3.object;

import dev.lakebed.http.Headers;
import dev.lakebed.s3.rest.HeaderText;
import dev.lakebed.s3.rest.S3Error;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** User metadata: at most 2 KB of names and values together, names in lower case. */
final class UserMetadata {
  static final String PREFIX = "x-amz-meta-";

  private static final int MAX_BYTES = 2048;

  private UserMetadata() {}

  /**
   * Collects it from the headers; values of one name are joined by a comma. Fails with
   * MetadataTooLarge, InvalidArgument.
   */
  static Map<String, String> parse(Headers headers) {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Headers.Header field : headers.all()) {
      if (field.name().startsWith(PREFIX)) {
        HeaderText.requireName(field.name());
        String value = HeaderText.requireSafe(field.name(), unicode(field.value()));
        metadata.merge(field.name().substring(PREFIX.length()), value, (a, b) -> a + "," + b);
      }
    }
    int bytes = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      bytes += entry.getKey().length() + entry.getValue().getBytes(StandardCharsets.UTF_8).length;
    }
    if (bytes > MAX_BYTES) {
      throw S3Error.METADATA_TOO_LARGE
          .exception()
          .with("Size", Integer.toString(bytes))
          .with("MaxSizeAllowed", Integer.toString(MAX_BYTES));
    }
    return metadata;
  }

  /**
   * The form in which a value is returned. What is not ASCII is encoded, because no client and no
   * proxy agree on its bytes.
   *
   * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html">AWS,
   *     working with object metadata</a>
   * @see <a href="https://www.rfc-editor.org/rfc/rfc2047">RFC 2047 section 4.1</a>
   */
  static String shown(String value) {
    return isAscii(value)
        ? value
        : "=?UTF-8?B?"
            + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))
            + "?=";
  }

  /** The server reads headers byte by byte; clients mean UTF-8, else ISO-8859-1. */
  private static String unicode(String value) {
    if (isAscii(value)) {
      return value;
    }
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      return value;
    }
  }

  private static boolean isAscii(String value) {
    return value.chars().allMatch(c -> c < 0x80);
  }
}
