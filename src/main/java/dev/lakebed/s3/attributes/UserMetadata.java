package dev.lakebed.s3.attributes;

import dev.lakebed.s3.error.S3Error;
import dev.lakebed.wire.Headers;
import java.util.LinkedHashMap;
import java.util.Map;

/** User metadata: at most 2 KB of names and values together, names in lower case. */
public final class UserMetadata {
  /** Prefix of its headers. */
  public static final String PREFIX = "x-amz-meta-";

  private static final int MAX_BYTES = 2048;

  private UserMetadata() {}

  /**
   * Collects it from the headers; values of one name are joined by a comma.
   *
   * @throws dev.lakebed.s3.error.S3Exception MetadataTooLarge, InvalidArgument
   */
  public static Map<String, String> parse(Headers headers) {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Headers.Header field : headers.all()) {
      if (field.name().startsWith(PREFIX)) {
        String value = HeaderText.requireSafe(field.name(), field.value());
        metadata.merge(field.name().substring(PREFIX.length()), value, (a, b) -> a + "," + b);
      }
    }
    int bytes = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      bytes += entry.getKey().length() + entry.getValue().length();
    }
    if (bytes > MAX_BYTES) {
      throw S3Error.METADATA_TOO_LARGE
          .exception()
          .with("Size", Integer.toString(bytes))
          .with("MaxSizeAllowed", Integer.toString(MAX_BYTES));
    }
    return metadata;
  }
}
