package dev.lakebed.s3.object;

import dev.lakebed.http.Headers;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Error.S3Exception;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.checksum.ChecksumValue;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The checksums that a request announces for its body (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">AWS,
 * Checking object integrity</a>).
 *
 * @param md5 Base64 of {@code Content-MD5}
 * @param algorithm algorithm of the one checksum header or trailer
 * @param value its value; empty when it comes in the trailer
 */
public record BodyChecksums(
    Optional<String> md5, Optional<ChecksumAlgorithm> algorithm, Optional<ChecksumValue> value) {
  private static final String SDK_ALGORITHM = "x-amz-sdk-checksum-algorithm";
  private static final int MD5_BYTES = 16;

  /**
   * Reads them from the headers, or fails with InvalidRequest for several, unknown or malformed
   * checksums, InvalidDigest for a malformed {@code Content-MD5}.
   */
  public static BodyChecksums parse(S3Request request) {
    Optional<ChecksumValue> header = Checksums.value(request);
    Optional<ChecksumAlgorithm> trailer = trailer(request);
    if (header.isPresent() && trailer.isPresent()) {
      throw Checksums.several();
    }
    Optional<ChecksumAlgorithm> algorithm = header.map(ChecksumValue::algorithm).or(() -> trailer);
    request
        .header(SDK_ALGORITHM)
        .ifPresent(
            named -> {
              if (algorithm.isEmpty()) {
                throw S3Error.INVALID_REQUEST.exception(
                    SDK_ALGORITHM
                        + " specified, but no corresponding x-amz-checksum-* or x-amz-trailer"
                        + " headers were found.");
              }
              if (!ChecksumAlgorithm.ofName(named).equals(algorithm)) {
                throw S3Error.INVALID_REQUEST.exception(
                    "Value for " + SDK_ALGORITHM + " header is invalid.");
              }
            });
    return new BodyChecksums(
        request.header("content-md5").map(BodyChecksums::md5), algorithm, header);
  }

  static BodyChecksums md5Only(S3Request request) {
    return new BodyChecksums(
        request.header("content-md5").map(BodyChecksums::md5), Optional.empty(), Optional.empty());
  }

  public boolean present() {
    return md5.isPresent() || algorithm.isPresent();
  }

  /**
   * Compares with what arrived; {@code trailers} are those of the body, read to its end. Fails with
   * BadDigest, MalformedTrailerError.
   */
  void verify(String actualMd5, Map<ChecksumAlgorithm, ChecksumValue> actual, Headers trailers) {
    if (md5.isPresent() && !md5.get().equals(actualMd5)) {
      throw S3Error.BAD_DIGEST
          .exception("The Content-MD5 you specified did not match what we received.")
          .with("ExpectedDigest", md5.get())
          .with("CalculatedDigest", actualMd5);
    }
    algorithm.ifPresent(
        wanted -> {
          ChecksumValue expected = value.orElseGet(() -> inTrailer(wanted, trailers));
          if (!expected.equals(actual.get(wanted))) {
            String where = value.isPresent() ? "" : " in the trailer " + wanted.header();
            throw S3Error.BAD_DIGEST.exception(
                "The %s you specified%s did not match the calculated checksum."
                    .formatted(wanted, where));
          }
        });
  }

  private static ChecksumValue inTrailer(ChecksumAlgorithm algorithm, Headers trailers) {
    List<String> values = trailers.all(algorithm.header());
    if (values.size() != 1) {
      throw S3Error.MALFORMED_TRAILER.exception(
          "The request announced one trailer " + algorithm.header());
    }
    return Checksums.parseTrailer(algorithm, values.getFirst());
  }

  private static Optional<ChecksumAlgorithm> trailer(S3Request request) {
    List<String> announced = request.wire().headers().all("x-amz-trailer");
    if (announced.isEmpty()) {
      return Optional.empty();
    }
    if (announced.size() > 1) {
      throw Checksums.several();
    }
    String name = announced.getFirst().strip();
    return Optional.of(
        ChecksumAlgorithm.ofHeader(name)
            .orElseThrow(
                () ->
                    S3Error.INVALID_REQUEST.exception(
                        "The value specified in the x-amz-trailer header is not supported")));
  }

  private static String md5(String header) {
    try {
      byte[] bytes = Base64.getDecoder().decode(header.strip());
      if (bytes.length == MD5_BYTES) {
        return Base64.getEncoder().encodeToString(bytes);
      }
    } catch (IllegalArgumentException notBase64) {
      throw invalidMd5();
    }
    throw invalidMd5();
  }

  private static S3Exception invalidMd5() {
    return S3Error.INVALID_DIGEST.exception("The Content-MD5 you specified was invalid.");
  }
}
