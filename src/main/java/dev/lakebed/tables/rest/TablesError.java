package dev.lakebed.tables.rest;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.Denial.AccessDeniedException;
import dev.lakebed.auth.payload.PayloadException;
import dev.lakebed.http.RawTarget.MalformedTargetException;
import dev.lakebed.limit.ServerBusyException;
import dev.lakebed.operation.Operation;
import dev.lakebed.storage.blob.volume.VolumeUnavailableException;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.bucket.Buckets.BucketExistsException;
import dev.lakebed.storage.metadata.bucket.Buckets.BucketNotEmptyException;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.storage.metadata.tables.CatalogException;
import java.util.Objects;
import java.util.Optional;

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

  public static final class TablesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final TablesError error;
    private final transient Optional<AccessDeniedException> denied;

    public TablesException(TablesError error, String message) {
      this(error, message, Optional.empty());
    }

    private TablesException(
        TablesError error, String message, Optional<AccessDeniedException> denied) {
      super(message);
      this.error = error;
      this.denied = denied;
    }

    public Optional<AccessDeniedException> denied() {
      return denied;
    }

    public TablesError error() {
      return error;
    }

    /**
     * The error that a failure stands for. {@code denied} is the error of a refused permission,
     * which depends on the operation.
     */
    public static TablesException translate(Throwable failure, TablesError denied) {
      return switch (failure) {
        case TablesException known -> known;
        case MalformedTargetException malformed ->
            TablesError.BAD_REQUEST.because("The request target is malformed: " + text(malformed));
        case AccessDeniedException refused ->
            new TablesException(denied, String.valueOf(refused.getMessage()), Optional.of(refused));
        case AuthenticationException refused ->
            authentication(refused.reason()).because(text(refused));
        case PayloadException broken -> payload(broken.reason()).because(text(broken));
        case CatalogException refused -> catalog(refused.reason());
        case BucketExistsException exists -> bucketExists(exists);
        case BucketNotEmptyException full ->
            TablesError.CONFLICT.because("The bucket that you tried to delete is not empty.");
        case NoSuchBucketException gone -> noSuchBucket();
        case MetadataUnavailableException down -> unavailable();
        case ServerBusyException busy -> TablesError.SERVICE_UNAVAILABLE.because(text(busy));
        case VolumeUnavailableException down -> unavailable();
        default ->
            TablesError.INTERNAL_SERVER_ERROR.because("An internal error occurred. Try again.");
      };
    }

    private static String text(Throwable failure) {
      return Objects.requireNonNullElse(failure.getMessage(), "");
    }

    private static TablesError authentication(AuthenticationException.Reason reason) {
      return switch (reason) {
        case MISSING_AUTHENTICATION -> TablesError.MISSING_AUTHENTICATION_TOKEN;
        case MALFORMED_HEADER,
            MALFORMED_QUERY,
            INVALID_AUTHORIZATION,
            UNSUPPORTED_AUTHENTICATION,
            SEVERAL_SIGNATURES ->
            TablesError.INCOMPLETE_SIGNATURE;
        case UNKNOWN_ACCESS_KEY,
            INACTIVE_ACCESS_KEY,
            MISSING_SESSION_TOKEN,
            INVALID_SESSION_TOKEN ->
            TablesError.UNRECOGNIZED_CLIENT;
        case EXPIRED_SESSION_TOKEN -> TablesError.EXPIRED_TOKEN;
        case SIGNATURE_MISMATCH, TIME_SKEWED, REQUEST_EXPIRED, NOT_YET_VALID, UNSIGNED_HEADER ->
            TablesError.INVALID_SIGNATURE;
        case INVALID_CONTENT_SHA256, MISSING_DECODED_LENGTH -> TablesError.BAD_REQUEST;
        case POST_POLICY_VIOLATION, MALFORMED_POST_POLICY, MALFORMED_FORM_FIELD ->
            TablesError.ACCESS_DENIED;
      };
    }

    private static TablesError payload(PayloadException.Reason reason) {
      return switch (reason) {
        case SHA256_MISMATCH, CHUNK_SIGNATURE_MISMATCH -> TablesError.INVALID_SIGNATURE;
        case MALFORMED_CHUNK, SMALL_CHUNK, MALFORMED_TRAILER, INCOMPLETE, EXCESS ->
            TablesError.BAD_REQUEST;
        case TOO_LARGE -> TablesError.REQUEST_ENTITY_TOO_LARGE;
        case TIMEOUT -> TablesError.REQUEST_TIMEOUT;
      };
    }

    private static TablesException catalog(CatalogException.Reason reason) {
      return switch (reason) {
        case NO_SUCH_BUCKET -> noSuchBucket();
        case NO_SUCH_NAMESPACE ->
            TablesError.NOT_FOUND.because("The specified namespace does not exist.");
        case NO_SUCH_TABLE -> TablesError.NOT_FOUND.because("The specified table does not exist.");
        case NAMESPACE_EXISTS ->
            TablesError.CONFLICT.because("A namespace with an identical name already exists.");
        case NAMESPACE_NOT_EMPTY ->
            TablesError.CONFLICT.because("The namespace that you tried to delete is not empty.");
        case TABLE_EXISTS ->
            TablesError.CONFLICT.because("A table with an identical name already exists.");
        case LOCATION_TAKEN ->
            TablesError.CONFLICT.because("The location of the table is in use. Try again.");
        case STALE_VERSION ->
            TablesError.CONFLICT.because(
                "Provided version token does not match the table version.");
      };
    }

    private static TablesException bucketExists(BucketExistsException exists) {
      return TablesError.CONFLICT.because(
          switch (exists.existing().kind()) {
            case TABLE -> "The bucket that you tried to create already exists.";
            case GENERAL ->
                "The name is that of a general purpose bucket; table buckets share their name"
                    + " space.";
          });
    }

    private static TablesException noSuchBucket() {
      return TablesError.NOT_FOUND.because("The specified bucket does not exist.");
    }

    private static TablesException unavailable() {
      return TablesError.SERVICE_UNAVAILABLE.because("The service is unavailable. Try again.");
    }
  }
}
