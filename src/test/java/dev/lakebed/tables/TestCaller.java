package dev.lakebed.tables;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Principal;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Grants;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.PolicyEngine;
import dev.lakebed.policy.Question;
import dev.lakebed.policy.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Callers whose rights the real policy engine decides. */
record TestCaller(Principal principal, Subject.Kind kind) implements Caller {
  static final String ACCOUNT = "000000000000";
  static final String ID = "AIDAAAAAAAAAAAAAATEST";

  static TestCaller root() {
    return new TestCaller(
        new Principal.AccountRoot(
            ACCOUNT, new Grants(List.of(), Optional.empty(), List.of(), true)),
        Subject.Kind.ROOT);
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
            new Grants(List.of(parsed), Optional.empty(), List.of(), false)),
        Subject.Kind.USER);
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
    return PolicyEngine.decide(
        new Question(
            permission.action(),
            permission.resource().arn(),
            permission.resource().account(),
            new Subject(
                kind, principal.account(), principal.arn(), Optional.empty(), principal.userId()),
            principal.grants(),
            permission.resource().policies(),
            permission.keys()));
  }
}
