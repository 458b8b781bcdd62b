package dev.lakebed.kit;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Principal;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Decision.Layer;
import dev.lakebed.policy.Question.Grants;
import java.util.Optional;
import java.util.function.Predicate;

/** A caller whose rights a test gives as a predicate. */
public record TestCaller(Principal principal, Predicate<Permission> rights) implements Caller {
  /** An account that may do everything. */
  public static final TestCaller ROOT =
      new TestCaller(new Principal.AccountRoot("000000000000", Grants.NONE), permission -> true);

  /** The same account with these rights only. */
  public static TestCaller may(Predicate<Permission> rights) {
    return new TestCaller(ROOT.principal, rights);
  }

  /** Somebody who did not sign. */
  public static TestCaller anonymous(Predicate<Permission> rights) {
    return new TestCaller(new Principal.Anonymous(Grants.NONE), rights);
  }

  /** Whether the permission is that action on that resource. */
  public static boolean is(Permission permission, String action, String resource) {
    return permission.action().equals(action) && permission.resource().arn().equals(resource);
  }

  @Override
  public Decision decide(Permission permission) {
    return rights.test(permission)
        ? new Decision.Allowed(Layer.IDENTITY, "test", "#0")
        : new Decision.ImplicitDeny(Layer.IDENTITY, permission.action(), Optional.empty());
  }
}
