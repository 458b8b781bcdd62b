package dev.lakebed.iam.model;

import dev.lakebed.auth.Principal;
import dev.lakebed.policy.Grants;
import dev.lakebed.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The root user of an account, which may do everything in it that no resource policy denies.
 *
 * @param account twelve-digit account
 * @param enabled whether any of its keys and sessions work
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html">AWS, root
 *     user</a>
 */
public record RootUser(String account, boolean enabled) implements KeyOwner {
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
