package dev.lakebed.tables.rest;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The errors of S3 Tables: those of its API model, then the common errors of AWS's JSON services
 * (<a href="https://docs.aws.amazon.com/AmazonS3/latest/API/CommonErrors.html">AWS, Common
 * Errors</a>).
 */
public enum TablesError {
  /** The caller may not do that; operations that declare AccessDeniedException. */
  ACCESS_DENIED(403),
  /** The caller may not do that; the other operations. */
  FORBIDDEN(403),
  /** What the request names does not exist. */
  NOT_FOUND(404),
  /** The name is taken, the thing is not empty, or the version token is stale. */
  CONFLICT(409),
  /** A parameter is wrong. */
  BAD_REQUEST(400),
  /** The method is not one of this path. */
  METHOD_NOT_ALLOWED(405),
  /** A mistake of ours. */
  INTERNAL_SERVER_ERROR(500),
  /** There is no such operation. */
  UNKNOWN_OPERATION(404),
  /** AWS has the operation or parameter and this server does not yet. */
  NOT_IMPLEMENTED(501),
  /** The database or a volume does not answer. */
  SERVICE_UNAVAILABLE(503),
  /** Nothing is signed. */
  MISSING_AUTHENTICATION_TOKEN(403),
  /** The signature's parameters cannot be read. */
  INCOMPLETE_SIGNATURE(400),
  /** The signature differs or its time is too far off. */
  INVALID_SIGNATURE(403),
  /** The access key or session token is not known. */
  UNRECOGNIZED_CLIENT(403),
  /** The session has ended. */
  EXPIRED_TOKEN(403),
  /** The body is larger than its limit. */
  REQUEST_ENTITY_TOO_LARGE(413),
  /** The body did not come in time. */
  REQUEST_TIMEOUT(408);

  private final int status;
  private final String type;

  TablesError(int status) {
    this.status = status;
    this.type =
        Arrays.stream(name().split("_"))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining("", "", "Exception"));
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** The value of {@code x-amzn-ErrorType}, for example {@code NotFoundException}. */
  public String type() {
    return type;
  }

  /** The refusal of what AWS has and this server does not yet. */
  public static TablesException notImplemented(String what) {
    return NOT_IMPLEMENTED.because(what + " is not implemented by this server.");
  }

  /** An exception of this error. */
  public TablesException because(String message) {
    return new TablesException(this, message);
  }
}
