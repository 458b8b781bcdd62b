package dev.lakebed.s3.rest;

import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.Request;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The headers that a presigned URL carries in its query: the presigner of the AWS SDK for
 * JavaScript moves every {@code x-amz-} header there ({@code moveHeadersToQuery}), and S3 honours
 * them. Signature Version 4 signs the whole query. Version 2 signs them as headers, and they were
 * made headers when that signature was verified.
 */
public final class PresignedHeaders {
  private static final String SIGNATURE = "X-Amz-Signature";
  private static final String V2_KEY = "AWSAccessKeyId";
  private static final String PREFIX = "x-amz-";

  /** What the signature itself is made of. */
  private static final Set<String> AUTHENTICATION =
      HeaderText.names(
          """
          x-amz-algorithm x-amz-content-sha256 x-amz-credential x-amz-date x-amz-expires
          x-amz-security-token x-amz-signature x-amz-signedheaders
          """);

  /**
   * The presigner computes a checksum over the body that it does not have, so S3 reads none from
   * the query (<a href="https://github.com/localstack/localstack/issues/12169">as measured by
   * LocalStack</a>).
   */
  private static final Set<String> CHECKSUMS =
      Set.of("x-amz-checksum-", "x-amz-sdk-", "x-amz-trailer", "x-amz-decoded-");

  private PresignedHeaders() {}

  /**
   * The request with such parameters as headers. Fails with InvalidArgument for what can be no
   * header, or is given twice.
   */
  public static Request of(Request request) {
    if (request.target().query().isEmpty() || !isPresigned(request)) {
      return request;
    }
    Headers.Builder headers = Headers.builder().addAll(request.headers());
    Set<String> moved = new HashSet<>();
    for (QueryParameters.Parameter parameter : request.query().all()) {
      String name = parameter.name().toLowerCase(Locale.ROOT);
      if (isHeader(name)) {
        if (request.headers().has(name) || !moved.add(name)) {
          throw S3Error.invalidArgument(
              "A header of a presigned URL is given more than once", name);
        }
        headers.add(HeaderText.requireName(name), HeaderText.ofQuery(name, parameter.value()));
      }
    }
    return moved.isEmpty() ? request : request.withHeaders(headers.build());
  }

  /** By version 4 and nothing else: whoever adds such a signature to another one gains nothing. */
  private static boolean isPresigned(Request request) {
    return request.query().has(SIGNATURE)
        && !request.query().has(V2_KEY)
        && !request.headers().has("authorization");
  }

  private static boolean isHeader(String name) {
    return name.startsWith(PREFIX)
        && !AUTHENTICATION.contains(name)
        && CHECKSUMS.stream().noneMatch(name::startsWith);
  }
}
