package dev.lakebed.s3.object;

import dev.lakebed.http.Decimal;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;

/**
 * Which parts GetObjectAttributes shows.
 *
 * @param after exclusive start
 * @param limit most parts
 */
record PartsWindow(int after, int limit) {
  private static final int MAX_PARTS = 1000;

  static PartsWindow parse(S3Request request) {
    return new PartsWindow(
        number(request, "x-amz-part-number-marker", 0),
        Math.min(MAX_PARTS, number(request, "x-amz-max-parts", MAX_PARTS)));
  }

  private static int number(S3Request request, String header, int otherwise) {
    return request
        .header(header)
        .map(
            text ->
                Decimal.parse(text, 0, Integer.MAX_VALUE)
                    .orElseThrow(
                        () ->
                            S3Error.INVALID_ARGUMENT
                                .exception(
                                    "Provided "
                                        + header
                                        + " not an integer or within integer range")
                                .with("ArgumentName", header)))
        .orElse(otherwise);
  }
}
