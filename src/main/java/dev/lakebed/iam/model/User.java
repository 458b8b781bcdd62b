package dev.lakebed.iam.model;

import dev.lakebed.auth.Principal;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Question.Grants;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An IAM user.
 *
 * @param enabled whether any of its keys and sessions work
 * @param policies its own policies and those of its groups
 */
public record User(
    String id,
    String account,
    String path,
    String name,
    boolean enabled,
    Map<String, String> tags,
    List<Policy> policies,
    Optional<Policy> boundary)
    implements KeyOwner {
  public User {
    tags = Map.copyOf(tags);
    policies = List.copyOf(policies);
  }

  /** A user of the configuration: its id is the same at every start and on every node. */
  public User(
      String account,
      String name,
      boolean enabled,
      Map<String, String> tags,
      List<Policy> policies) {
    this(
        UniqueId.ofArn("AIDA", arn(account, "/", name)),
        account,
        "/",
        name,
        enabled,
        tags,
        policies,
        Optional.empty());
  }

  @Override
  public String arn() {
    return arn(account, path, name);
  }

  private static String arn(String account, String path, String name) {
    return "arn:aws:iam::" + account + ":user" + path + name;
  }

  public Grants grants() {
    return grants(List.of());
  }

  @Override
  public Optional<String> userName() {
    return Optional.of(name);
  }

  @Override
  public Grants grants(List<Policy> session) {
    return new Grants(policies, boundary, session, false);
  }

  @Override
  public Principal principal(List<Policy> session) {
    return new Principal.User(account, arn(), id, name, tags, grants(session));
  }
}
