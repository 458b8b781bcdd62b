package dev.lakebed.sts.identity;

/**
 * A proof of identity that is not accepted. The message is for the log: the caller learns the
 * reason alone, since more would help whoever guesses.
 */
public final class IdentityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why, as far as the caller may know. */
  public enum Reason {
    /** Not a proof, not by a known provider, not for this server, or changed on the way. */
    INVALID,
    /** It was good once. */
    EXPIRED,
    /** The provider's word is genuine and says no, or cannot be used. */
    REJECTED,
    /** The provider cannot be asked. */
    UNREACHABLE,
    /** Wrong name or password. */
    WRONG_PASSWORD
  }

  private final Reason reason;

  /** A refusal with a message for the log that holds no secret. */
  public IdentityException(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  /** The same with the failure behind it. */
  public IdentityException(Reason reason, String detail, Throwable cause) {
    super(detail, cause);
    this.reason = reason;
  }

  /** What the caller may know. */
  public Reason reason() {
    return reason;
  }
}
