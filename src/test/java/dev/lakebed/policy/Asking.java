package dev.lakebed.policy;

import dev.lakebed.policy.Question.Grants;
import dev.lakebed.policy.Question.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Puts questions to the engine in tests: who asks, with which policies and keys. */
record Asking(
    Subject subject,
    Grants grants,
    List<Policy> resource,
    String owner,
    Map<String, List<String>> keys) {
  static final String ACCOUNT = "000000000000";
  static final String OTHER_ACCOUNT = "111122223333";
  static final String ALICE = "arn:aws:iam::" + ACCOUNT + ":user/alice";
  static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/etl/writer";
  static final String SESSION = "arn:aws:sts::" + ACCOUNT + ":assumed-role/writer/s1";
  static final String ALICE_ID = "AIDAAAAAAAAAAAAAALICE";
  static final String ROLE_ID = "AROAAAAAAAAAAAAAWRITE";
  static final String FULL_ACCESS = statement("Allow", "*", "*");

  static Asking as(Subject.Kind kind) {
    Subject subject =
        switch (kind) {
          case ANONYMOUS -> Subject.ANONYMOUS;
          case ROOT -> subject(kind, "arn:aws:iam::" + ACCOUNT + ":root");
          case USER, USER_SESSION -> subject(kind, ALICE);
          case ROLE_SESSION ->
              new Subject(kind, ACCOUNT, SESSION, Optional.of(ROLE), ROLE_ID + ":s1");
          case FEDERATED -> subject(kind, "arn:aws:sts::" + ACCOUNT + ":federated-user/bob");
          case SERVICE -> subject(kind, "logging.s3.amazonaws.com");
        };
    return new Asking(subject, Grants.NONE, List.of(), ACCOUNT, Map.of());
  }

  static Asking user() {
    return as(Subject.Kind.USER);
  }

  static Asking session() {
    return as(Subject.Kind.ROLE_SESSION);
  }

  private static Subject subject(Subject.Kind kind, String arn) {
    return new Subject(kind, ACCOUNT, arn, Optional.empty(), arn.equals(ALICE) ? ALICE_ID : "");
  }

  Asking identity(String... documents) {
    Grants with = grants;
    List<Policy> identity = policies("identity", Policy.Kind.IDENTITY, documents);
    return grants(new Grants(identity, with.boundary(), with.session(), with.root()));
  }

  Asking boundary(String document) {
    Policy boundary = Policy.parse("boundary", document, Policy.Kind.IDENTITY);
    return grants(
        new Grants(grants.identity(), Optional.of(boundary), grants.session(), grants.root()));
  }

  Asking sessionPolicy(String... documents) {
    List<Policy> session = policies("session", Policy.Kind.SESSION, documents);
    return grants(new Grants(grants.identity(), grants.boundary(), session, grants.root()));
  }

  Asking root() {
    return grants(new Grants(grants.identity(), grants.boundary(), grants.session(), true));
  }

  Asking grants(Grants replaced) {
    return new Asking(subject, replaced, resource, owner, keys);
  }

  Asking resourcePolicy(String... documents) {
    return new Asking(
        subject, grants, policies("resource", Policy.Kind.RESOURCE, documents), owner, keys);
  }

  Asking ownedBy(String account) {
    return new Asking(subject, grants, resource, account, keys);
  }

  Asking with(String key, String... values) {
    Map<String, List<String>> more = new LinkedHashMap<>(keys);
    more.put(key.toLowerCase(Locale.ROOT), List.of(values));
    return new Asking(subject, grants, resource, owner, more);
  }

  Question question(String action, String arn) {
    Keys lookup = key -> keys.getOrDefault(key, List.of());
    return new Question(action, arn, owner, subject, grants, resource, lookup);
  }

  Decision decide(String action, String arn) {
    return PolicyEngine.decide(question(action, arn));
  }

  boolean may(String action, String arn) {
    return decide(action, arn).allowed();
  }

  Decision assume(String trust) {
    return PolicyEngine.decideTrust(
        Policy.parse("trust", trust, Policy.Kind.TRUST), question("sts:AssumeRole", ROLE));
  }

  static String statement(String effect, String action, String resource) {
    return policy(
        "{'Effect':'%s','Action':'%s','Resource':'%s'}".formatted(effect, action, resource));
  }

  static String granting(String effect, String principal, String action, String resource) {
    return policy(
        "{'Effect':'%s','Principal':%s,'Action':'%s','Resource':'%s'}"
            .formatted(effect, principal, action, resource));
  }

  /** A current document with the given statements, written with single quotes. */
  static String policy(String statements) {
    return json("{'Version':'2012-10-17','Statement':[" + statements + "]}");
  }

  static String json(String singleQuoted) {
    return singleQuoted.replace('\'', '"');
  }

  private static List<Policy> policies(String name, Policy.Kind kind, String... documents) {
    List<Policy> policies = new ArrayList<>();
    for (String document : documents) {
      policies.add(Policy.parse(name + policies.size(), document, kind));
    }
    return policies;
  }
}
