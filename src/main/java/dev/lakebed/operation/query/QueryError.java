package dev.lakebed.operation.query;

import dev.lakebed.auth.Denial;
import java.util.Optional;

/**
 * Error codes of the Query protocol with their HTTP status.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html">AWS STS,
 *     common errors</a>
 */
public enum QueryError {
  ACCESS_DENIED("AccessDenied", 403),
  DELETE_CONFLICT("DeleteConflict", 409),
  ENTITY_ALREADY_EXISTS("EntityAlreadyExists", 409),
  EXPIRED_TOKEN("ExpiredToken", 403),
  EXPIRED_IDENTITY_TOKEN("ExpiredTokenException", 400),
  IDP_COMMUNICATION_ERROR("IDPCommunicationError", 400),
  /** An identity provider says no, or says something that cannot be used. */
  IDP_REJECTED_CLAIM("IDPRejectedClaim", 403),
  INCOMPLETE_SIGNATURE("IncompleteSignature", 400),
  INTERNAL_FAILURE("InternalFailure", 500),
  /** No such action, or not in that version. */
  INVALID_ACTION("InvalidAction", 400),
  /** An encoded authorization message that was not made here. */
  INVALID_AUTHORIZATION_MESSAGE("InvalidAuthorizationMessageException", 400),
  /** Unknown key, or a token that is not accepted. */
  INVALID_CLIENT_TOKEN_ID("InvalidClientTokenId", 403),
  INVALID_IDENTITY_TOKEN("InvalidIdentityToken", 400),
  JWT_PAYLOAD_SIZE_EXCEEDED("JWTPayloadSizeExceededException", 400),
  /** A value that fits its form and makes no sense. */
  INVALID_INPUT("InvalidInput", 400),
  /** The caller is no user with a password. */
  INVALID_USER_TYPE("InvalidUserType", 400),
  LIMIT_EXCEEDED("LimitExceeded", 409),
  MALFORMED_POLICY_DOCUMENT("MalformedPolicyDocument", 400),
  MALFORMED_QUERY_STRING("MalformedQueryString", 400),
  MISSING_ACTION("MissingAction", 400),
  MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationToken", 403),
  METHOD_NOT_ALLOWED("MethodNotAllowed", 405),
  NO_SUCH_ENTITY("NoSuchEntity", 404),
  NOT_IMPLEMENTED("NotImplemented", 501),
  OUTBOUND_FEDERATION_DISABLED("OutboundWebIdentityFederationDisabledException", 403),
  PASSWORD_POLICY_VIOLATION("PasswordPolicyViolation", 400),
  REPORT_NOT_PRESENT("ReportNotPresent", 410),
  PACKED_POLICY_TOO_LARGE("PackedPolicyTooLarge", 400),
  REGION_DISABLED("RegionDisabledException", 403),
  REQUEST_TOO_LARGE("RequestEntityTooLarge", 413),
  REQUEST_TIMEOUT("RequestTimeout", 408),
  SERVICE_UNAVAILABLE("ServiceUnavailable", 503),
  /** A token would outlive the session that asks for it. */
  SESSION_DURATION_ESCALATION("SessionDurationEscalationException", 403),
  SIGNATURE_DOES_NOT_MATCH("SignatureDoesNotMatch", 403),
  THROTTLING("Throttling", 400),
  /** It is defined in a place that the API cannot change. */
  UNMODIFIABLE_ENTITY("UnmodifiableEntity", 400),
  VALIDATION_ERROR("ValidationError", 400);

  private final String code;
  private final int status;

  QueryError(String code, int status) {
    this.code = code;
    this.status = status;
  }

  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  /** This refusal, with a message for the caller that holds no secret. */
  public QueryException because(String message) {
    return new QueryException(this, message);
  }

  String type() {
    return status < 500 ? "Sender" : "Receiver";
  }

  public static final class QueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final QueryError error;
    private final transient Optional<Denial> denial;
    private final transient Optional<String> encodedMessage;

    public QueryException(QueryError error, String message) {
      this(error, message, Optional.empty(), Optional.empty());
    }

    private QueryException(
        QueryError error,
        String message,
        Optional<Denial> denial,
        Optional<String> encodedMessage) {
      super(message);
      this.error = error;
      this.denial = denial;
      this.encodedMessage = encodedMessage;
    }

    /**
     * A refusal by policy.
     *
     * @param encodedMessage the refusal as the client may have it
     */
    public static QueryException denied(
        String message, Denial denial, Optional<String> encodedMessage) {
      return new QueryException(
          QueryError.ACCESS_DENIED, message, Optional.of(denial), encodedMessage);
    }

    public Optional<Denial> denial() {
      return denial;
    }

    public Optional<String> encodedMessage() {
      return encodedMessage;
    }

    public QueryError error() {
      return error;
    }
  }
}
