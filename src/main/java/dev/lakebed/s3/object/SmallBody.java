package dev.lakebed.s3.object;

import dev.lakebed.http.RequestBody;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.checksum.ChecksumValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Request bodies that are kept in memory: XML documents. */
public final class SmallBody {
  private static final int BUFFER = 8 * 1024;

  private SmallBody() {}

  /**
   * The whole body, verified against the checksums that the request announces for it. Fails with
   * MaxMessageLengthExceeded, BadDigest, InvalidRequest ….
   */
  public static byte[] read(S3Request request, int limit) throws IOException {
    return verified(request, limit, BodyChecksums.parse(request));
  }

  /**
   * As {@link #read}, where Amazon S3 takes no body without a checksum. Fails with S3Exception as
   * said there, and InvalidRequest when there is none.
   */
  public static byte[] readProtected(S3Request request, int limit) throws IOException {
    BodyChecksums announced = BodyChecksums.parse(request);
    if (!announced.present()) {
      throw S3Error.INVALID_REQUEST.exception(
          "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
    }
    return verified(request, limit, announced);
  }

  /** As {@link #read}, where headers of checksums speak of something else than the body. */
  public static byte[] readWithMd5Only(S3Request request, int limit) throws IOException {
    return verified(request, limit, BodyChecksums.md5Only(request));
  }

  private static byte[] verified(S3Request request, int limit, BodyChecksums announced)
      throws IOException {
    RequestBody body = request.wire().body();
    byte[] bytes = bytes(body, limit);
    Map<ChecksumAlgorithm, ChecksumValue> actual =
        announced
            .algorithm()
            .map(algorithm -> Map.of(algorithm, algorithm.of(bytes)))
            .orElse(Map.<ChecksumAlgorithm, ChecksumValue>of());
    announced.verify(ChecksumAlgorithm.MD5.of(bytes).base64(), actual, body.trailers());
    return bytes;
  }

  private static byte[] bytes(RequestBody body, int limit) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER);
    byte[] buffer = new byte[BUFFER];
    if (body.length().orElse(0) > limit) {
      throw S3Error.MAX_MESSAGE_LENGTH_EXCEEDED.exception();
    }
    try (InputStream in = body.memory().metered(body.open())) {
      for (int n = ContentStore.read(in, buffer); n >= 0; n = ContentStore.read(in, buffer)) {
        if (bytes.size() + n > limit) {
          throw S3Error.MAX_MESSAGE_LENGTH_EXCEEDED.exception();
        }
        bytes.write(buffer, 0, n);
      }
    }
    return bytes.toByteArray();
  }
}
