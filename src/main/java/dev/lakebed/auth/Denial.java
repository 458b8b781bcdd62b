package dev.lakebed.auth;

import dev.lakebed.http.LogText;
import dev.lakebed.policy.Decision;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * One refusal with everything that explains it to an operator. What a client may see of it is the
 * id and the sealed form of {@link DenialSealer}.
 *
 * @param id sixteen hexadecimal digits; not secret
 * @param note what the decision cannot know, for example that a role does not exist; may be empty
 */
public record Denial(
    String id,
    Principal principal,
    Permission permission,
    Decision decision,
    String note,
    Map<String, List<String>> context) {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** A refusal under a new id. */
  public static Denial of(
      Principal principal,
      Permission permission,
      Decision decision,
      String note,
      Map<String, List<String>> context) {
    String id = HEX.toHexDigits(ThreadLocalRandom.current().nextLong());
    return new Denial(id, principal, permission, decision, note, context);
  }

  /** A sentence with the id, for clients that show their users nothing but the message. */
  public String named(String sentence) {
    return sentence + " (decision " + id + ")";
  }

  /** What the principal rests on: the long-term key, then the roles assumed before. */
  public List<String> chain() {
    return principal instanceof Principal.Session session ? session.facts().chain() : List.of();
  }

  public Optional<String> sourceIdentity() {
    return principal instanceof Principal.Session session
        ? session.facts().sourceIdentity()
        : Optional.empty();
  }

  /** One line for the log, {@code name=value} pairs; control characters are replaced. */
  public String line() {
    StringBuilder line = new StringBuilder(512);
    pair(line, "decision", id);
    pair(line, "principal", principal.arn());
    if (!chain().isEmpty()) {
      pair(line, "chain", String.join(",", chain()));
    }
    sourceIdentity().ifPresent(identity -> pair(line, "source-identity", identity));
    pair(line, "action", permission.action());
    pair(line, "resource", permission.resource().arn());
    decision.facts().forEach((name, value) -> pair(line, hyphenated(name), value));
    pair(line, "reason", decision.reason());
    if (!note.isEmpty()) {
      pair(line, "note", note);
    }
    return line.toString();
  }

  private static String hyphenated(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static void pair(StringBuilder line, String name, String value) {
    if (!line.isEmpty()) {
      line.append(' ');
    }
    line.append(name).append("=\"").append(LogText.of(value).replace('"', '?')).append('"');
  }

  /** Turns a refusal into a text for the client that only this server can read again. */
  @FunctionalInterface
  public interface DenialSealer {
    DenialSealer NONE = denial -> Optional.empty();

    /** The encoded authorization message; empty when the client gets none. */
    Optional<String> seal(Denial denial);
  }

  /** The policy engine said no. The message says which rule refused and holds no secret. */
  public static final class AccessDeniedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Denial denial;
    private final transient Supplier<Optional<String>> encodedMessage;

    /** {@code encodedMessage} makes the refusal as the client may have it. */
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

    public Denial denial() {
      return denial;
    }

    public String decisionId() {
      return denial.id();
    }

    /** The sealed refusal for the client. */
    public Optional<String> encodedMessage() {
      return encodedMessage.get();
    }
  }
}
