package dev.lakebed.s3.rest;

import dev.lakebed.http.Headers;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request that ends with an error of the S3 protocol. */
public final class S3Exception extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final S3Error error;
  private final transient Map<String, String> details;
  private final transient Headers headers;

  public S3Exception(S3Error error, String message) {
    this(error, message, Map.of(), Headers.NONE);
  }

  private S3Exception(S3Error error, String message, Map<String, String> details, Headers headers) {
    // A refusal is an ordinary answer: no stack trace, it would cost more than the request.
    super(message, null, false, false);
    this.error = error;
    this.details = details;
    this.headers = headers;
  }

  /** The same error with one more element in its body. */
  public S3Exception with(String element, String value) {
    Map<String, String> more = new LinkedHashMap<>(details);
    more.put(element, value);
    return new S3Exception(error, getMessage(), more, headers);
  }

  /** The same error with header fields of its own. */
  public S3Exception withHeaders(Headers own) {
    return new S3Exception(error, getMessage(), details, own);
  }

  public S3Error error() {
    return error;
  }

  /** The message; never null. */
  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? error.message() : message;
  }

  /** Extra elements of the body, in order. */
  public Map<String, String> details() {
    return details;
  }

  public Headers headers() {
    return headers;
  }
}
