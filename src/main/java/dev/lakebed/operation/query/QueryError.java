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
  /** Not allowed, by policy or because the principal cannot do this at all. */
  ACCESS_DENIED("AccessDenied", 403),
  /** What is to be deleted is still in use. */
  DELETE_CONFLICT("DeleteConflict", 409),
  /** There is one of that name. */
  ENTITY_ALREADY_EXISTS("EntityAlreadyExists", 409),
  /** The session has ended. */
  EXPIRED_TOKEN("ExpiredToken", 403),
  /** The token or assertion of an identity provider has ended. */
  EXPIRED_IDENTITY_TOKEN("ExpiredTokenException", 400),
  /** An identity provider does not answer. */
  IDP_COMMUNICATION_ERROR("IDPCommunicationError", 400),
  /** An identity provider says no, or says something that cannot be used. */
  IDP_REJECTED_CLAIM("IDPRejectedClaim", 403),
  /** The signature does not have all it needs. */
  INCOMPLETE_SIGNATURE("IncompleteSignature", 400),
  /** Our fault. */
  INTERNAL_FAILURE("InternalFailure", 500),
  /** No such action, or not in that version. */
  INVALID_ACTION("InvalidAction", 400),
  /** An encoded authorization message that was not made here. */
  INVALID_AUTHORIZATION_MESSAGE("InvalidAuthorizationMessageException", 400),
  /** Unknown key, or a token that is not accepted. */
  INVALID_CLIENT_TOKEN_ID("InvalidClientTokenId", 403),
  /** The token or assertion of an identity provider cannot be accepted. */
  INVALID_IDENTITY_TOKEN("InvalidIdentityToken", 400),
  /** The web identity token asked for would be too long. */
  JWT_PAYLOAD_SIZE_EXCEEDED("JWTPayloadSizeExceededException", 400),
  /** A value that fits its form and makes no sense. */
  INVALID_INPUT("InvalidInput", 400),
  /** The caller is no user with a password. */
  INVALID_USER_TYPE("InvalidUserType", 400),
  /** More than there may be. */
  LIMIT_EXCEEDED("LimitExceeded", 409),
  /** A policy given as parameter cannot be used. */
  MALFORMED_POLICY_DOCUMENT("MalformedPolicyDocument", 400),
  /** Parameters cannot be read. */
  MALFORMED_QUERY_STRING("MalformedQueryString", 400),
  /** No parameter Action. */
  MISSING_ACTION("MissingAction", 400),
  /** The request is not signed. */
  MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationToken", 403),
  /** Neither GET nor POST. */
  METHOD_NOT_ALLOWED("MethodNotAllowed", 405),
  /** There is no such user, role or policy. */
  NO_SUCH_ENTITY("NoSuchEntity", 404),
  /** An action of AWS that this server does not have. */
  NOT_IMPLEMENTED("NotImplemented", 501),
  /** This server issues no web identity tokens. */
  OUTBOUND_FEDERATION_DISABLED("OutboundWebIdentityFederationDisabledException", 403),
  /** The password is too simple. */
  PASSWORD_POLICY_VIOLATION("PasswordPolicyViolation", 400),
  /** The credential report was not generated. */
  REPORT_NOT_PRESENT("ReportNotPresent", 410),
  /** Session policies and tags together are too large. */
  PACKED_POLICY_TOO_LARGE("PackedPolicyTooLarge", 400),
  /** The operation is not offered in this region. */
  REGION_DISABLED("RegionDisabledException", 403),
  /** The body is larger than any request needs. */
  REQUEST_TOO_LARGE("RequestEntityTooLarge", 413),
  /** The body did not come in time. */
  REQUEST_TIMEOUT("RequestTimeout", 408),
  /** The server has no room for the request now. */
  SERVICE_UNAVAILABLE("ServiceUnavailable", 503),
  /** A token would outlive the session that asks for it. */
  SESSION_DURATION_ESCALATION("SessionDurationEscalationException", 403),
  /** The computed signature differs. */
  SIGNATURE_DOES_NOT_MATCH("SignatureDoesNotMatch", 403),
  /** Too many attempts that failed. */
  THROTTLING("Throttling", 400),
  /** It is defined in a place that the API cannot change. */
  UNMODIFIABLE_ENTITY("UnmodifiableEntity", 400),
  /** A parameter breaks a rule. */
  VALIDATION_ERROR("ValidationError", 400);

  private final String code;
  private final int status;

  QueryError(String code, int status) {
    this.code = code;
    this.status = status;
  }

  /** The code on the wire. */
  public String code() {
    return code;
  }

  /** The HTTP status. */
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

  /** A refusal in terms of the Query protocol. */
  public static final class QueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final QueryError error;
    private final transient Optional<Denial> denial;
    private final transient Optional<String> encodedMessage;

    /** A refusal with a message for the caller that holds no secret. */
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

    /** The refusal, when a policy refused. */
    public Optional<Denial> denial() {
      return denial;
    }

    /** The sealed refusal for the client. */
    public Optional<String> encodedMessage() {
      return encodedMessage;
    }

    /** Code and status. */
    public QueryError error() {
      return error;
    }
  }
}
