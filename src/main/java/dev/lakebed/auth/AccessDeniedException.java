package dev.lakebed.auth;

import java.util.Optional;
import java.util.function.Supplier;

/** The policy engine said no. The message says which rule refused and holds no secret. */
public final class AccessDeniedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Denial denial;
  private final transient Supplier<Optional<String>> encodedMessage;

  /**
   * A refusal.
   *
   * @param encodedMessage makes the refusal as the client may have it
   */
  public AccessDeniedException(Denial denial, Supplier<Optional<String>> encodedMessage) {
    super(
        denial.named(
            "User: %s is not authorized to perform: %s on resource: %s %s"
                .formatted(
                    denial.principal().arn(),
                    denial.permission().action(),
                    denial.permission().resource().named(),
                    denial.decision().reason())));
    this.denial = denial;
    this.encodedMessage = encodedMessage;
  }

  /** The refusal itself. */
  public Denial denial() {
    return denial;
  }

  /** Id of the refusal, for the client and the log. */
  public String decisionId() {
    return denial.id();
  }

  /** The sealed refusal for the client. */
  public Optional<String> encodedMessage() {
    return encodedMessage.get();
  }
}
