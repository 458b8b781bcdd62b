package dev.lakebed.s3.multipart;

import dev.lakebed.storage.metadata.object.Upload;
import dev.lakebed.storage.metadata.object.Uploads;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where the next page of uploads begins.
 *
 * @param uploadId empty behind a common prefix
 */
record UploadMarker(String key, String uploadId) {
  /** More code points than any key has behind a prefix, each the greatest there is. */
  private static final String BEHIND_ANY_KEY = "\uDBFF\uDFFF".repeat(257);

  /** A key that is behind every key that starts with the prefix. */
  static String lastOf(String prefix) {
    return prefix + BEHIND_ANY_KEY;
  }

  static UploadMarker after(Uploads.UploadPage page) {
    if (page.uploads().isEmpty()) {
      return new UploadMarker(page.commonPrefixes().getLast(), "");
    }
    Upload last = page.uploads().getLast();
    if (!page.commonPrefixes().isEmpty()) {
      String prefix = page.commonPrefixes().getLast();
      if (Arrays.compareUnsigned(utf8(prefix), utf8(last.key())) > 0) {
        return new UploadMarker(prefix, "");
      }
    }
    return new UploadMarker(last.key(), last.id());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
