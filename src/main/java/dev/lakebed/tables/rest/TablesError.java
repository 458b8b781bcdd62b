package dev.lakebed.tables.rest;

import dev.lakebed.operation.Operation;

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
  NOT_FOUND(404),
  /** The name is taken, the thing is not empty, or the version token is stale. */
  CONFLICT(409),
  BAD_REQUEST(400),
  METHOD_NOT_ALLOWED(405),
  INTERNAL_SERVER_ERROR(500),
  UNKNOWN_OPERATION(404),
  /** AWS has the operation or parameter and this server does not yet. */
  NOT_IMPLEMENTED(501),
  /** The database or a volume does not answer. */
  SERVICE_UNAVAILABLE(503),
  MISSING_AUTHENTICATION_TOKEN(403),
  INCOMPLETE_SIGNATURE(400),
  /** The signature differs or its time is too far off. */
  INVALID_SIGNATURE(403),
  UNRECOGNIZED_CLIENT(403),
  EXPIRED_TOKEN(403),
  REQUEST_ENTITY_TOO_LARGE(413),
  REQUEST_TIMEOUT(408);

  private final int status;
  private final String type;

  TablesError(int status) {
    this.status = status;
    this.type = Operation.apiName(this) + "Exception";
  }

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

  public TablesException because(String message) {
    return new TablesException(this, message);
  }
}
