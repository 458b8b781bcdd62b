package dev.lakebed.iam.model;

import dev.lakebed.auth.Principal;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Question.Grants;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who can have long-term access keys. */
public sealed interface KeyOwner permits User, KeyOwner.RootUser {
  String account();

  String arn();

  /** The unique id; of a root user the account. */
  String id();

  /** Whether any of its keys and sessions work. */
  boolean enabled();

  Map<String, String> tags();

  /** {@code aws:username}, which a root user does not have. */
  Optional<String> userName();

  /** What a session or a restricted key may do; without session policies it is not narrowed. */
  Grants grants(List<Policy> session);

  /** Who signs with a long-term key, narrowed to the session policies if there are any. */
  Principal principal(List<Policy> session);

  /**
   * The root user of an account, which may do everything in it that no resource policy denies.
   *
   * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html">AWS, root
   *     user</a>
   */
  record RootUser(String account, boolean enabled) implements KeyOwner {
    @Override
    public String arn() {
      return "arn:aws:iam::" + account + ":root";
    }

    @Override
    public String id() {
      return account;
    }

    @Override
    public Map<String, String> tags() {
      return Map.of();
    }

    @Override
    public Optional<String> userName() {
      return Optional.empty();
    }

    @Override
    public Grants grants(List<Policy> session) {
      return new Grants(List.of(), Optional.empty(), session, true);
    }

    @Override
    public Principal principal(List<Policy> session) {
      return new Principal.AccountRoot(account, grants(session));
    }
  }
}
