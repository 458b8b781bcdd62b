package dev.lakebed.auth;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A request whose signature or credential was not accepted. Each protocol maps the reason. */
public final class AuthenticationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public enum Reason {
    MISSING_AUTHENTICATION,
    /** Authorization header cannot be read, or its scope is wrong. */
    MALFORMED_HEADER,
    /** Presigned query parameters cannot be read or are out of range. */
    MALFORMED_QUERY,
    UNSUPPORTED_AUTHENTICATION,
    /** More than one of header, query and form says who it is. */
    SEVERAL_SIGNATURES,
    UNKNOWN_ACCESS_KEY,
    /** The key exists and is switched off. */
    INACTIVE_ACCESS_KEY,
    /** A temporary key came without its token. */
    MISSING_SESSION_TOKEN,
    /** The token is forged, cut, or of another key. */
    INVALID_SESSION_TOKEN,
    EXPIRED_SESSION_TOKEN,
    SIGNATURE_MISMATCH,
    /** The request time is too far from the server's. */
    TIME_SKEWED,
    MALFORMED_POST_POLICY,
    /** A field of a POST form that belongs to its signature is missing or cannot be read. */
    MALFORMED_FORM_FIELD,
    /** An {@code Authorization} header of a kind that nobody knows here. */
    INVALID_AUTHORIZATION,
    /** A presigned request or POST policy is past its end. */
    REQUEST_EXPIRED,
    /** A presigned request begins in the future. */
    NOT_YET_VALID,
    /** A header that must be signed is not. */
    UNSIGNED_HEADER,
    /** Required {@code x-amz-content-sha256} is missing or not one of the known forms. */
    INVALID_CONTENT_SHA256,
    /** {@code x-amz-decoded-content-length} is missing or not a number. */
    MISSING_DECODED_LENGTH,
    POST_POLICY_VIOLATION;

    /** A refusal with a message for the caller that holds no secret. */
    public AuthenticationException because(String message) {
      return new AuthenticationException(this, message);
    }

    /** The same with elements for the error body, for example {@code Region}. */
    public AuthenticationException because(String message, Map<String, String> details) {
      return new AuthenticationException(this, message, details);
    }
  }

  private final Reason reason;
  private final transient Map<String, String> details;

  /** A refusal with a message for the caller that holds no secret. */
  public AuthenticationException(Reason reason, String message) {
    this(reason, message, Map.of());
  }

  private AuthenticationException(Reason reason, String message, Map<String, String> details) {
    super(message);
    this.reason = reason;
    // By name: an answer has them in the same order at each start.
    this.details = Collections.unmodifiableMap(new TreeMap<>(details));
  }

  /** The same refusal with one more element for the error body. */
  public AuthenticationException with(String name, String value) {
    Map<String, String> more = new HashMap<>(details);
    more.put(name, value);
    return new AuthenticationException(reason, String.valueOf(getMessage()), more);
  }

  public Reason reason() {
    return reason;
  }

  public Map<String, String> details() {
    return details;
  }
}
