package dev.lakebed.s3.multipart;

import dev.lakebed.http.Headers;
import dev.lakebed.s3.object.Checksums;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.checksum.ChecksumValue;
import dev.lakebed.storage.metadata.object.StoredObject.StoredChecksum;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Complete says about the whole object, to be compared with what the parts give. */
record CompleteClaims(
    Optional<WholeChecksum> checksum, Optional<Boolean> fullObject, Optional<String> size) {
  /** Reads the headers, or fails with InvalidRequest. */
  static CompleteClaims parse(S3Request request) {
    return new CompleteClaims(
        Checksums.field(request).map(WholeChecksum::parse),
        UploadChecksum.type(request),
        request.header("x-amz-mp-object-size"));
  }

  /** Refuses a whole that differs, with BadDigest or InvalidRequest. */
  void verify(UploadChecksum upload, Optional<StoredChecksum> actual, long actualSize) {
    if (size.isPresent() && !size.get().equals(Long.toString(actualSize))) {
      throw S3Error.INVALID_REQUEST.exception(
          "The provided 'x-amz-mp-object-size' header value %s does not match what was computed: %d"
              .formatted(size.get(), actualSize));
    }
    if (fullObject.isPresent() && fullObject.get() != upload.fullObject()) {
      throw S3Error.BAD_DIGEST.exception(
          "The checksum type does not match the one that the upload was created with.");
    }
    checksum.ifPresent(claim -> verify(claim, actual));
  }

  private static void verify(WholeChecksum claim, Optional<StoredChecksum> actual) {
    String algorithm = claim.algorithm().name();
    if (actual.isEmpty() || !actual.get().algorithm().equals(algorithm)) {
      throw S3Error.BAD_DIGEST.exception(
          "The %s you specified is not the checksum of this upload.".formatted(algorithm));
    }
    if (!claim.isThatOf(actual.get())) {
      throw S3Error.BAD_DIGEST.exception(
          "The %s you specified did not match the calculated checksum.".formatted(algorithm));
    }
  }

  /**
   * What a client says is the checksum of a whole object. {@code text} is as sent; a composite
   * value may come with or without the number of parts.
   */
  record WholeChecksum(ChecksumAlgorithm algorithm, String text) {
    private static final Pattern FORM = Pattern.compile("([^-]*)(-[1-9][0-9]{0,4})?");

    /** Reads a header, or fails with InvalidRequest when it is no checksum. */
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
}
