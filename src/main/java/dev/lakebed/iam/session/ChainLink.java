package dev.lakebed.iam.session;

import dev.lakebed.auth.Principal;
import dev.lakebed.auth.Principal.RoleSession;
import dev.lakebed.iam.model.IdentityView;
import java.time.Instant;
import java.util.Optional;

/**
 * One session that another one was made with, as the chain in a token writes it: {@code role key
 * second id}, with a dash for the role and the id of a session without role. Tokens of earlier
 * versions have no id, or only the role.
 *
 * @param role ARN of its role
 * @param session its access key id
 * @param issuedAt when it began
 * @param roleId unique id of its role: another one of the same name is not meant
 */
public record ChainLink(
    Optional<String> role,
    Optional<String> session,
    Optional<Instant> issuedAt,
    Optional<String> roleId) {
  private static final String NONE = "-";

  /** The link to a session that signs with that key. */
  public static ChainLink to(Principal.Session session, String accessKeyId) {
    Optional<RoleSession> role =
        session instanceof RoleSession ofRole ? Optional.of(ofRole) : Optional.empty();
    return new ChainLink(
        role.map(RoleSession::issuer),
        Optional.of(accessKeyId),
        Optional.of(session.facts().issuedAt()),
        role.map(RoleSession::roleId));
  }

  /** Reads what {@link #toString} wrote; the text was authenticated before. */
  static ChainLink parse(String text) {
    String[] parts = text.split(" ", -1);
    return new ChainLink(
        part(parts, 0),
        part(parts, 1),
        part(parts, 2).map(second -> Instant.ofEpochSecond(Long.parseLong(second))),
        part(parts, 3));
  }

  private static Optional<String> part(String[] parts, int index) {
    return index < parts.length
        ? Optional.of(parts[index]).filter(part -> !part.equals(NONE))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "%s %s %d %s"
        .formatted(
            role.orElse(NONE),
            session.orElse(NONE),
            issuedAt.map(Instant::getEpochSecond).orElse(0L),
            roleId.orElse(NONE));
  }

  /**
   * The root of a session that began at an identity provider instead of an access key: the
   * provider's ARN, and for the audit whom it vouched for. As text it has slashes, which no access
   * key id has.
   */
  public record ProviderOrigin(String provider, String subject) {
    private static final String ARN = "arn:";

    /** Reads the root of a chain; empty when it is an access key. */
    public static Optional<ProviderOrigin> parse(String root) {
      int hash = root.indexOf('#');
      return root.startsWith(ARN) && root.indexOf('/') > 0 && hash > 0
          ? Optional.of(new ProviderOrigin(root.substring(0, hash), root.substring(hash + 1)))
          : Optional.empty();
    }

    boolean isKnownTo(IdentityView identities) {
      return identities.provider(provider).isPresent();
    }

    @Override
    public String toString() {
      return provider + "#" + subject;
    }
  }
}
