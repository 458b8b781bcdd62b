package dev.lakebed.tables;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.KeyedCaller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Principal;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Question.Grants;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Callers whose rights the real policy engine decides. */
record TestCaller(Principal principal) implements Caller {
  static final String ACCOUNT = "000000000000";
  static final String ID = "AIDAAAAAAAAAAAAAATEST";

  static TestCaller root() {
    return new TestCaller(
        new Principal.AccountRoot(
            ACCOUNT, new Grants(List.of(), Optional.empty(), List.of(), true)));
  }

  static TestCaller user(String account, String policy) {
    Policy parsed = Policy.parse("test", policy, Policy.Kind.IDENTITY);
    return new TestCaller(
        new Principal.User(
            account,
            "arn:aws:iam::" + account + ":user/test",
            ID,
            "test",
            Map.of(),
            new Grants(List.of(parsed), Optional.empty(), List.of(), false)));
  }

  static TestCaller allowed(String action, String resource) {
    return user(ACCOUNT, allow(action, resource, ""));
  }

  static TestCaller allowed(String action, String resource, String condition) {
    return user(ACCOUNT, allow(action, resource, ",\"Condition\":" + condition));
  }

  private static String allow(String action, String resource, String condition) {
    return """
    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"%s","Resource":"%s"%s}]}\
    """
        .formatted(action, resource, condition);
  }

  @Override
  public Decision decide(Permission permission) {
    return new KeyedCaller(principal, Keys.NONE).decide(permission);
  }
}
