package dev.lakebed.iam.session;

import dev.lakebed.auth.Denial;
import dev.lakebed.auth.DenialDocument;
import dev.lakebed.auth.DenialSealer;
import java.util.Optional;

/**
 * Encoded authorization messages: a refusal, sealed for the client, that DecodeAuthorizationMessage
 * turns back into its document. Who may read it belongs to the account of the caller that was
 * refused, or of the resource.
 */
public final class AuthorizationMessages implements DenialSealer {
  private final SealedMessages sealed;

  /** Seals and opens by these keys. */
  public AuthorizationMessages(SealedMessages sealed) {
    this.sealed = sealed;
  }

  /**
   * An opened message.
   *
   * @param principalAccount account of the caller that was refused
   * @param resourceAccount account of the resource
   * @param document JSON text
   */
  public record Opened(String principalAccount, String resourceAccount, String document) {}

  /** Leaves out condition keys until the rest has room. */
  @Override
  public Optional<String> seal(Denial denial) {
    String accounts =
        denial.principal().account() + "\n" + denial.permission().resource().account() + "\n";
    for (int conditions = 64; ; conditions /= 2) {
      Optional<String> message =
          sealed.seal(accounts + DenialDocument.of(denial, conditions).toString());
      if (message.isPresent() || conditions == 0) {
        return message;
      }
    }
  }

  /** Opens a message; empty when it was not made here. */
  public Optional<Opened> open(String message) {
    return sealed
        .open(message)
        .map(text -> text.split("\n", 3))
        .filter(parts -> parts.length == 3)
        .map(parts -> new Opened(parts[0], parts[1], parts[2]));
  }
}
