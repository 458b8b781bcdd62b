package dev.lakebed.s3.multipart;

import dev.lakebed.s3.content.ChecksumHeaders;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.object.StoredObject.StoredChecksum;
import java.util.Optional;

/**
 * What a Complete says about the whole object, to be compared with what the parts give.
 *
 * @param checksum the checksum of the whole
 * @param fullObject its type
 * @param size bytes of the whole
 */
record CompleteClaims(
    Optional<WholeChecksum> checksum, Optional<Boolean> fullObject, Optional<String> size) {
  /**
   * Reads the headers.
   *
   * @throws dev.lakebed.s3.rest.S3Exception InvalidRequest
   */
  static CompleteClaims parse(S3Request request) {
    return new CompleteClaims(
        ChecksumHeaders.field(request).map(WholeChecksum::parse),
        UploadChecksum.type(request),
        request.header("x-amz-mp-object-size"));
  }

  /**
   * Compares.
   *
   * @throws dev.lakebed.s3.rest.S3Exception BadDigest, InvalidRequest
   */
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
}
