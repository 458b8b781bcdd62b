package dev.lakebed.app.explain;

import dev.lakebed.auth.Principal;
import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.Role;
import dev.lakebed.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the principal that a text names: access key id, ARN of a user, root user, role or
 * assumed-role session, or {@code anonymous}.
 */
final class Identification {
  private static final Pattern ROOT = Pattern.compile("arn:aws:iam::(\\d{12}):root");
  private static final String SESSION_NAME = "explain";
  private static final Duration LENGTH = Duration.ofHours(1);

  private final KnownIdentities known;
  private final IamSnapshot identities;
  private final List<Policy> session;
  private final Instant now;

  /**
   * Looks among these identities.
   *
   * @param session session policies; none for a session that is not narrowed
   */
  Identification(KnownIdentities known, List<Policy> session, Instant now) {
    this.known = known;
    this.identities = known.all();
    this.session = List.copyOf(session);
    this.now = now;
  }

  Principal find(String text) {
    if (text.equals("anonymous") || text.equals("*")) {
      return new Principal.Anonymous(identities.anonymous());
    }
    return identities
        .key(text)
        .<Principal>map(this::ofKey)
        .or(() -> identities.user(text).map(user -> user.principal(session)))
        .or(() -> root(text))
        .or(() -> role(text))
        .orElseThrow(() -> known.unknown(text));
  }

  /** As the server does, a restricted key is not narrowed further: two policies would widen it. */
  private Principal ofKey(OwnedKey owned) {
    Optional<Policy> restriction = owned.key().restriction();
    if (restriction.isPresent() && !session.isEmpty()) {
      throw new UsageException("a key that is restricted has no sessions with session policies");
    }
    return owned.owner().principal(restriction.map(List::of).orElse(session));
  }

  private Optional<Principal> root(String text) {
    Matcher arn = ROOT.matcher(text);
    return arn.matches()
        ? identities.root(arn.group(1)).map(root -> root.principal(session))
        : Optional.empty();
  }

  private Optional<Principal> role(String text) {
    for (Role role : identities.roles()) {
      String prefix = role.arn().session("");
      if (text.equals(role.arn().toString())) {
        return Optional.of(session(role, SESSION_NAME));
      }
      if (text.startsWith(prefix) && text.length() > prefix.length()) {
        return Optional.of(session(role, text.substring(prefix.length())));
      }
    }
    return Optional.empty();
  }

  private Principal session(Role role, String name) {
    return new Principal.Session(
        role.arn().account(),
        role.arn().session(name),
        role.id() + ":" + name,
        role.arn().toString(),
        true,
        Optional.empty(),
        name,
        Map.of(),
        Set.of(),
        Optional.empty(),
        now,
        now.plus(LENGTH),
        List.of(),
        role.grants(session));
  }
}
