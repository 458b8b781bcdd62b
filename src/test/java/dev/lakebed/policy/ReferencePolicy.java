package dev.lakebed.policy;

import dev.lakebed.policy.Question.Subject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A policy document, read and decided the naive way, after "IAM JSON policy element reference". It
 * shares no code with the engine and is asked only about documents that the engine takes.
 */
record ReferencePolicy(Map<?, ?> document) {
  static ReferencePolicy parse(String json) {
    return new ReferencePolicy(ReferenceJson.object(json));
  }

  /** Who is named, from not at all to by name. */
  enum Named {
    NOBODY,
    ACCOUNT,
    ROLE,
    SELF
  }

  boolean denies(Question question, Map<String, List<String>> keys) {
    return hits("Deny", question, keys).anyMatch(named -> named != Named.NOBODY);
  }

  /** The best that the Allow statements say. */
  Named allows(Question question, Map<String, List<String>> keys) {
    return hits("Allow", question, keys).max(Named::compareTo).orElse(Named.NOBODY);
  }

  private Stream<Named> hits(String effect, Question question, Map<String, List<String>> keys) {
    Object statements = document.get("Statement");
    List<?> all = statements instanceof List<?> many ? many : List.of(statements);
    return all.stream()
        .map(each -> (Map<?, ?>) each)
        .filter(each -> each.get("Effect").equals(effect))
        .filter(each -> covers(each, question, keys) && conditions(each, keys))
        .map(each -> named(each, question.subject()));
  }

  private boolean variables() {
    return "2012-10-17".equals(document.get("Version"));
  }

  private boolean covers(Map<?, ?> statement, Question question, Map<String, List<String>> keys) {
    boolean action =
        selects(statement, "Action", true, question.action(), Map.of())
            || selects(statement, "NotAction", true, question.action(), Map.of());
    boolean named = statement.containsKey("Resource") || statement.containsKey("NotResource");
    return action
        && (!named
            || selects(statement, "Resource", false, question.resource(), keys)
            || selects(statement, "NotResource", false, question.resource(), keys));
  }

  private boolean selects(
      Map<?, ?> statement,
      String element,
      boolean action,
      String text,
      Map<String, List<String>> keys) {
    if (!statement.containsKey(element)) {
      return false;
    }
    boolean negated = element.startsWith("Not");
    boolean allow = statement.get("Effect").equals("Allow");
    boolean variables = variables() && !action;
    boolean any =
        ReferenceJson.texts(statement.get(element)).stream()
            .anyMatch(
                value ->
                    ReferencePattern.read(value, variables, true, keys)
                        .map(
                            pattern ->
                                ReferencePattern.matches(pattern, text, action)
                                    && (negated == allow
                                        || !ReferencePattern.isUnclear(value, variables, keys)))
                        .orElse(negated && allow));
    return any != negated;
  }

  private boolean conditions(Map<?, ?> statement, Map<String, List<String>> keys) {
    if (!(statement.get("Condition") instanceof Map<?, ?> operators)) {
      return true;
    }
    boolean allow = statement.get("Effect").equals("Allow");
    return operators.entrySet().stream()
        .allMatch(
            operator ->
                ((Map<?, ?>) operator.getValue())
                    .entrySet().stream()
                        .allMatch(
                            entry ->
                                new ReferenceCondition(
                                        (String) operator.getKey(),
                                        ReferenceJson.texts(entry.getValue()),
                                        allow,
                                        variables())
                                    .holds((String) entry.getKey(), keys)));
  }

  private static Named named(Map<?, ?> statement, Subject subject) {
    if (statement.containsKey("NotPrincipal")) {
      return spared(statement.get("NotPrincipal"), subject) ? Named.NOBODY : Named.SELF;
    }
    if (!statement.containsKey("Principal") || everyone(statement.get("Principal"))) {
      return Named.SELF;
    }
    List<String> aws = aws(statement.get("Principal"));
    if (subject.kind() == Subject.Kind.ANONYMOUS) {
      return Named.NOBODY;
    }
    if (aws.contains(subject.arn())) {
      return Named.SELF;
    }
    if (subject.roleArn().filter(aws::contains).isPresent()) {
      return Named.ROLE;
    }
    String root = "arn:[a-z0-9-]+:iam::" + subject.account() + ":root|" + subject.account();
    return aws.stream().anyMatch(name -> name.matches(root)) ? Named.ACCOUNT : Named.NOBODY;
  }

  private static boolean spared(Object listed, Subject subject) {
    List<String> aws = aws(listed);
    return everyone(listed)
        || (subject.kind() != Subject.Kind.ANONYMOUS
            && aws.contains(subject.arn())
            && (subject.roleArn().isEmpty() || aws.contains(subject.roleArn().get())));
  }

  private static boolean everyone(Object listed) {
    return listed.equals("*") || aws(listed).contains("*");
  }

  private static List<String> aws(Object listed) {
    return listed instanceof Map<?, ?> types && types.containsKey("AWS")
        ? ReferenceJson.texts(types.get("AWS"))
        : List.of();
  }
}
