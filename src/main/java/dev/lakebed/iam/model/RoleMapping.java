package dev.lakebed.iam.model;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Chooses the role of whoever names none. The first rule that matches decides. */
public record RoleMapping(List<Rule> rules, Optional<RoleArn> otherwise) {
  public static final RoleMapping NONE = new RoleMapping(List.of(), Optional.empty());

  public RoleMapping {
    rules = List.copyOf(rules);
  }

  /** One rule; in {@code value} a {@code *} stands for any text. */
  public record Rule(String claim, String value, RoleArn role) {
    boolean matches(Collection<String> values) {
      return values.stream().anyMatch(this::matches);
    }

    /** Text between stars must occur in order; linear, since the first place is always good. */
    private boolean matches(String text) {
      String[] parts = value.split("\\*", -1);
      if (parts.length == 1) {
        return value.equals(text);
      }
      String last = parts[parts.length - 1];
      if (!text.startsWith(parts[0])
          || !text.endsWith(last)
          || text.length() < parts[0].length() + last.length()) {
        return false;
      }
      int from = parts[0].length();
      int end = text.length() - last.length();
      for (int i = 1; i < parts.length - 1; i++) {
        int at = text.indexOf(parts[i], from);
        if (at < 0 || at + parts[i].length() > end) {
          return false;
        }
        from = at + parts[i].length();
      }
      return true;
    }
  }

  /** The role, by the values of each claim. */
  public Optional<RoleArn> role(Function<String, ? extends Collection<String>> claims) {
    return rules.stream()
        .filter(rule -> rule.matches(claims.apply(rule.claim())))
        .map(Rule::role)
        .findFirst()
        .or(() -> otherwise);
  }
}
