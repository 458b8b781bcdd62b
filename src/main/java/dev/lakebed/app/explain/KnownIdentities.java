package dev.lakebed.app.explain;

import dev.lakebed.app.explain.Explain.UsageException;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.iam.config.IamConfig;
import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.Role;
import dev.lakebed.iam.model.StsSettings;
import dev.lakebed.iam.model.User;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Question.Grants;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The identities of configuration files and of account details together; what the configuration
 * defines wins, as in the server.
 */
record KnownIdentities(IamSnapshot all, AccountDetails details) {
  static KnownIdentities of(List<Path> config, Optional<Path> accountDetails) throws IOException {
    if (config.isEmpty() && accountDetails.isEmpty()) {
      throw new UsageException("give --config or --account-details, or both");
    }
    IamSnapshot configured =
        config.isEmpty()
            ? new IamSnapshot(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Grants.NONE,
                StsSettings.DEFAULT)
            : IamConfig.load(config).snapshot();
    AccountDetails details =
        accountDetails.isPresent()
            ? AccountDetails.read(accountDetails.get())
            : AccountDetails.none();
    return new KnownIdentities(
        new IamSnapshot(
            Stream.concat(configured.users().stream(), users(configured, details)).toList(),
            List.copyOf(configured.roots()),
            List.copyOf(configured.keys().values()),
            Stream.concat(configured.roles().stream(), roles(configured, details)).toList(),
            List.copyOf(configured.policies()),
            configured.anonymous(),
            configured.sts()),
        details);
  }

  private static Stream<User> users(IamSnapshot configured, AccountDetails details) {
    return details.users().stream().filter(user -> configured.user(user.arn()).isEmpty());
  }

  private static Stream<Role> roles(IamSnapshot configured, AccountDetails details) {
    return details.roles().stream().filter(role -> configured.role(role.arn()).isEmpty());
  }

  /** What to tell of a principal that is not among them. */
  UsageException unknown(String principal) {
    return new UsageException(
        details.isConfigured(principal)
            ? principal + " is defined in the configuration file, so give --config too"
            : "there is no access key, user, root user or role " + principal);
  }

  /**
   * Finds the principal that a text names: access key id, ARN of a user, root user, role or
   * assumed-role session, or {@code anonymous}. Without session policies it is not narrowed.
   */
  record Identification(KnownIdentities known, List<Policy> session, Instant now) {
    private static final Pattern ROOT = Pattern.compile("arn:aws:iam::(\\d{12}):root");
    private static final String SESSION_NAME = "explain";
    private static final Duration LENGTH = Duration.ofHours(1);

    Principal find(String text) {
      IamSnapshot identities = known.all();
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

    /** As in the server, a restricted key is not narrowed: two policies would widen it. */
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
          ? known.all().root(arn.group(1)).map(root -> root.principal(session))
          : Optional.empty();
    }

    private Optional<Principal> role(String text) {
      for (Role role : known.all().roles()) {
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
      return new Principal.RoleSession(
          role.arn().account(),
          role.arn().session(name),
          role.id(),
          role.arn().toString(),
          SessionFacts.of(name, now, now.plus(LENGTH), List.of()),
          role.grants(session));
    }
  }
}
