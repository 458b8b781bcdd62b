package dev.lakebed.operation.query;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.Denial.AccessDeniedException;
import dev.lakebed.auth.payload.PayloadException;
import dev.lakebed.http.RawTarget.MalformedTargetException;
import dev.lakebed.http.Request;
import dev.lakebed.limit.ServerBusyException;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.task.FailureLog;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Says every failure in the words of the Query protocol. */
final class Refusals {
  private static final FailureLog FAILURES =
      new FailureLog(System.getLogger(Refusals.class.getName()), System::nanoTime);
  private static final String BAD_TOKEN = "The security token included in the request is invalid.";

  private Refusals() {}

  /** The refusal; a failure that nobody foresaw is logged under the request's id. */
  static QueryException of(Request request, Throwable failure) {
    QueryException refusal = translate(failure);
    if (refusal.error() == QueryError.INTERNAL_FAILURE) {
      FAILURES.add("request " + request.id() + " failed", failure);
    }
    return refusal;
  }

  static QueryException translate(Throwable failure) {
    return switch (failure) {
      case QueryException refusal -> refusal;
      case AuthenticationException refusal -> authentication(refusal);
      case PayloadException refusal -> payload(refusal);
      case AccessDeniedException refusal -> denied(refusal);
      case MalformedTargetException refusal -> refuse(QueryError.MALFORMED_QUERY_STRING, refusal);
      case MetadataUnavailableException down ->
          QueryError.SERVICE_UNAVAILABLE.because("The database does not answer");
      case ServerBusyException busy -> refuse(QueryError.SERVICE_UNAVAILABLE, busy);
      case IOException stalled when stalled.getCause() instanceof TimeoutException ->
          QueryError.REQUEST_TIMEOUT.because("The body did not come in time");
      default -> QueryError.INTERNAL_FAILURE.because("The server failed; see its log");
    };
  }

  private static QueryException denied(AccessDeniedException refusal) {
    String message = String.valueOf(refusal.getMessage());
    return QueryException.denied(message, refusal.denial(), refusal.encodedMessage());
  }

  private static QueryException authentication(AuthenticationException refusal) {
    return switch (refusal.reason()) {
      case MISSING_AUTHENTICATION -> refuse(QueryError.MISSING_AUTHENTICATION_TOKEN, refusal);
      case MALFORMED_HEADER,
          MALFORMED_QUERY,
          UNSUPPORTED_AUTHENTICATION,
          INVALID_AUTHORIZATION,
          SEVERAL_SIGNATURES,
          UNSIGNED_HEADER,
          INVALID_CONTENT_SHA256,
          MISSING_DECODED_LENGTH ->
          refuse(QueryError.INCOMPLETE_SIGNATURE, refusal);
      case UNKNOWN_ACCESS_KEY, INACTIVE_ACCESS_KEY, MISSING_SESSION_TOKEN, INVALID_SESSION_TOKEN ->
          QueryError.INVALID_CLIENT_TOKEN_ID.because(BAD_TOKEN);
      case EXPIRED_SESSION_TOKEN -> refuse(QueryError.EXPIRED_TOKEN, refusal);
      case SIGNATURE_MISMATCH, NOT_YET_VALID, TIME_SKEWED, REQUEST_EXPIRED ->
          refuse(QueryError.SIGNATURE_DOES_NOT_MATCH, refusal);
      case POST_POLICY_VIOLATION, MALFORMED_POST_POLICY, MALFORMED_FORM_FIELD ->
          refuse(QueryError.ACCESS_DENIED, refusal);
    };
  }

  private static QueryException payload(PayloadException refusal) {
    return switch (refusal.reason()) {
      case SHA256_MISMATCH, CHUNK_SIGNATURE_MISMATCH ->
          refuse(QueryError.SIGNATURE_DOES_NOT_MATCH, refusal);
      case MALFORMED_CHUNK, SMALL_CHUNK, INCOMPLETE, EXCESS, MALFORMED_TRAILER ->
          refuse(QueryError.MALFORMED_QUERY_STRING, refusal);
      case TOO_LARGE -> refuse(QueryError.REQUEST_TOO_LARGE, refusal);
      case TIMEOUT -> refuse(QueryError.REQUEST_TIMEOUT, refusal);
    };
  }

  private static QueryException refuse(QueryError error, Exception cause) {
    return error.because(String.valueOf(cause.getMessage()));
  }
}
