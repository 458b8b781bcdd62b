package dev.lakebed.s3.multipart;

import dev.lakebed.http.Headers;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.checksum.ChecksumValue;
import dev.lakebed.storage.metadata.object.StoredObject.StoredChecksum;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client says is the checksum of a whole object.
 *
 * @param text as sent; a composite value may come with or without the number of parts
 */
record WholeChecksum(ChecksumAlgorithm algorithm, String text) {
  private static final Pattern FORM = Pattern.compile("([^-]*)(-[1-9][0-9]{0,4})?");

  /**
   * Reads a header.
   *
   * @throws dev.lakebed.s3.rest.S3Exception InvalidRequest when it is no checksum
   */
  static WholeChecksum parse(Headers.Header header) {
    String text = header.value().strip();
    Matcher form = FORM.matcher(text);
    ChecksumAlgorithm algorithm =
        ChecksumAlgorithm.ofHeader(header.name()).orElseThrow(() -> invalid(header));
    if (!form.matches() || !isValue(algorithm, form.group(1))) {
      throw invalid(header);
    }
    return new WholeChecksum(algorithm, text);
  }

  boolean isThatOf(StoredChecksum actual) {
    String value = actual.value();
    String bare = actual.fullObject() ? value : value.substring(0, value.lastIndexOf('-'));
    return text.equals(value) || text.equals(bare);
  }

  private static boolean isValue(ChecksumAlgorithm algorithm, String base64) {
    return ChecksumValue.parse(algorithm, base64).isPresent();
  }

  private static RuntimeException invalid(Headers.Header header) {
    return S3Error.INVALID_REQUEST.exception(
        "Value for %s header is invalid.".formatted(header.name()));
  }
}
