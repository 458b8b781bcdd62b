package dev.lakebed.policy;

import dev.lakebed.policy.Question.Subject;
import dev.lakebed.policy.ReferencePolicy.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The evaluation logic over all layers, after "Policy evaluation logic" and "How AWS enforcement
 * code logic evaluates requests", written down once more.
 *
 * @param resource a bucket or table policy, or the trust policy when {@code trust}
 */
record ReferenceDecision(
    Optional<ReferencePolicy> identity,
    Optional<ReferencePolicy> boundary,
    Optional<ReferencePolicy> session,
    Optional<ReferencePolicy> resource,
    boolean trust) {

  boolean allowed(Question question, Map<String, List<String>> keys) {
    if (Stream.of(identity, boundary, session, resource)
        .flatMap(Optional::stream)
        .anyMatch(policy -> policy.denies(question, keys))) {
      return false;
    }
    Named named = resource.map(policy -> policy.allows(question, keys)).orElse(Named.NOBODY);
    if (question.subject().kind() == Subject.Kind.ANONYMOUS) {
      return !trust && named != Named.NOBODY;
    }
    boolean limits = limit(boundary, question, keys) && limit(session, question, keys);
    boolean own = identity.filter(policy -> allows(policy, question, keys)).isPresent() && limits;
    if (!question.subject().account().equals(question.resourceAccount())) {
      return own && named != Named.NOBODY;
    }
    if (trust) {
      return switch (named) {
        case NOBODY -> false;
        case ACCOUNT -> own;
        case ROLE -> limits;
        case SELF -> limit(session, question, keys);
      };
    }
    return own || named == Named.SELF || (named == Named.ROLE && limits);
  }

  private static boolean limit(
      Optional<ReferencePolicy> layer, Question question, Map<String, List<String>> keys) {
    return layer.map(policy -> allows(policy, question, keys)).orElse(true);
  }

  private static boolean allows(
      ReferencePolicy policy, Question question, Map<String, List<String>> keys) {
    return policy.allows(question, keys) != Named.NOBODY;
  }
}
