package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.policy.Policy.MalformedPolicyException;
import dev.lakebed.policy.Question.Grants;
import dev.lakebed.policy.Question.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts the same questions to the engine and to {@link ReferenceDecision}. */
final class ReferenceQuestions {
  /** Condition keys of all types, with none, one and several values. */
  static final Map<String, List<String>> KEYS =
      new TreeMap<>(
          Map.of(
              "aws:username", List.of("*"),
              "s3:prefix", List.of("wh/t/", "x"),
              "aws:sourceip", List.of("2001:db8::1"),
              "aws:vpcsourceip", List.of("10.1.2.3"),
              "aws:currenttime", List.of("2026-01-01T00:00:00Z"),
              "s3:max-keys", List.of("10", "ten"),
              "aws:securetransport", List.of("TRUE"),
              "aws:principalarn", List.of(Asking.ROLE),
              "aws:tagkeys", List.of("alice", "Team")));

  private static final List<Subject> SUBJECTS =
      List.of(
          Asking.user().subject(),
          Asking.session().subject(),
          Asking.as(Subject.Kind.ANONYMOUS).subject());
  private static final List<String> RESOURCES =
      List.of("arn:aws:s3:::wh", "arn:aws:s3:::wh/t/x", "arn:aws:s3:::wh/*", Asking.ROLE);

  private ReferenceQuestions() {}

  /** Documents for the four layers; the last may be a trust policy instead. */
  record Layers(
      Optional<String> identity,
      Optional<String> boundary,
      Optional<String> session,
      Optional<String> resource,
      Optional<String> trust) {
    static final Layers NONE =
        new Layers(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** The document alone, above grants that are as wide as can be. */
    static Layers of(Policy.Kind kind, String json) {
      Optional<String> it = Optional.of(json);
      Optional<String> all = Optional.of(Asking.FULL_ACCESS);
      return switch (kind) {
        case IDENTITY -> new Layers(it, NONE.boundary, NONE.session, NONE.resource, NONE.trust);
        case SESSION -> new Layers(all, it, it, NONE.resource, NONE.trust);
        case RESOURCE -> new Layers(NONE.identity, NONE.boundary, NONE.session, it, NONE.trust);
        case TRUST -> new Layers(all, NONE.boundary, NONE.session, NONE.resource, it);
      };
    }

    Layers narrowed(Optional<String> by) {
      return new Layers(identity, boundary, by, resource, trust);
    }

    Layers granted(String other) {
      return new Layers(Optional.of(other), boundary, session, resource, trust);
    }

    private Grants grants(Subject subject) {
      boolean anonymous = subject.kind() == Subject.Kind.ANONYMOUS;
      return anonymous
          ? Grants.NONE
          : new Grants(
              identity.map(json -> parse(json, Policy.Kind.IDENTITY)).stream().toList(),
              boundary.map(json -> parse(json, Policy.Kind.IDENTITY)),
              session.map(json -> parse(json, Policy.Kind.SESSION)).stream().toList(),
              false);
    }

    private ReferenceDecision reference(Subject subject) {
      boolean anonymous = subject.kind() == Subject.Kind.ANONYMOUS;
      Layers known =
          anonymous
              ? new Layers(NONE.identity, NONE.boundary, NONE.session, resource, trust)
              : this;
      return new ReferenceDecision(
          known.identity.map(ReferencePolicy::parse),
          known.boundary.map(ReferencePolicy::parse),
          known.session.map(ReferencePolicy::parse),
          trust.or(() -> resource).map(ReferencePolicy::parse),
          trust.isPresent());
    }
  }

  private static Policy parse(String json, Policy.Kind kind) {
    return Policy.parse("fuzz", json, kind);
  }

  /**
   * What the engine allows, each answer the same as the reference's.
   *
   * @throws MalformedPolicyException when the engine refuses a document
   */
  static List<Boolean> agreed(Layers layers) {
    List<Boolean> answers = new ArrayList<>();
    for (Subject subject : SUBJECTS) {
      Grants grants = layers.grants(subject);
      List<Policy> resource =
          layers.resource.map(json -> parse(json, Policy.Kind.RESOURCE)).stream().toList();
      Optional<Policy> trust = layers.trust.map(json -> parse(json, Policy.Kind.TRUST));
      ReferenceDecision reference = layers.reference(subject);
      for (String owner : List.of(Asking.ACCOUNT, Asking.OTHER_ACCOUNT)) {
        Asking asking = new Asking(subject, grants, resource, owner, KEYS);
        for (String arn : RESOURCES) {
          for (String action : List.of("s3:GetObject", "s3:PutObject", "sts:AssumeRole")) {
            Question question = asking.question(action, arn);
            Decision decision =
                trust
                    .map(policy -> PolicyEngine.decideTrust(policy, question))
                    .orElseGet(() -> PolicyEngine.decide(question));
            assertThat(decision.allowed())
                .as("%s %s %s of %s: %s", subject.arn(), action, arn, owner, decision.reason())
                .isEqualTo(reference.allowed(question, KEYS));
            answers.add(decision.allowed());
          }
        }
      }
    }
    return answers;
  }
}
