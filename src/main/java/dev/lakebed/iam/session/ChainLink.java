package dev.lakebed.iam.session;

import dev.lakebed.auth.Principal;
import java.time.Instant;
import java.util.Optional;

/**
 * One session that another one was made with, as the chain in a token writes it: {@code role key
 * second}, with a dash for a session without role. Tokens of earlier versions have only the role.
 *
 * @param role ARN of its role
 * @param session its access key id
 * @param issuedAt when it began
 */
public record ChainLink(
    Optional<String> role, Optional<String> session, Optional<Instant> issuedAt) {
  private static final String NO_ROLE = "-";

  /** The link to a session that signs with that key. */
  public static ChainLink to(Principal.Session session, String accessKeyId) {
    return new ChainLink(
        session.roleSession() ? Optional.of(session.issuer()) : Optional.empty(),
        Optional.of(accessKeyId),
        Optional.of(session.issuedAt()));
  }

  /** Reads what {@link #toString} wrote; the text was authenticated before. */
  static ChainLink parse(String text) {
    String[] parts = text.split(" ", -1);
    Optional<String> role = Optional.of(parts[0]).filter(arn -> !arn.equals(NO_ROLE));
    return parts.length == 3
        ? new ChainLink(
            role,
            Optional.of(parts[1]),
            Optional.of(Instant.ofEpochSecond(Long.parseLong(parts[2]))))
        : new ChainLink(role, Optional.empty(), Optional.empty());
  }

  @Override
  public String toString() {
    return "%s %s %d"
        .formatted(
            role.orElse(NO_ROLE),
            session.orElse(NO_ROLE),
            issuedAt.map(Instant::getEpochSecond).orElse(0L));
  }
}
