package dev.lakebed.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A value of a policy with wildcards and variables, taken the naive way: one list of characters and
 * wildcards, matched by a table. After "IAM policy elements: Variables and tags" and "Resource".
 */
final class ReferencePattern {
  private static final int ANY_RUN = -1;
  private static final int ANY_ONE = -2;

  private ReferencePattern() {}

  /**
   * The code points and wildcards of a value; empty when a variable has no value. One with several
   * values could be anything.
   */
  static Optional<List<Integer>> read(
      String text, boolean variables, boolean wildcards, Map<String, List<String>> keys) {
    List<Integer> out = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      if (variables && text.startsWith("${", at)) {
        int end = end(text, at);
        List<String> values = resolve(text.substring(at + 2, end), keys);
        if (values.isEmpty()) {
          return Optional.empty();
        }
        if (values.size() > 1) {
          out.add(ANY_RUN);
        } else {
          values.get(0).codePoints().forEach(out::add);
        }
        at = end + 1;
      } else {
        out.add(wildcards && c == '*' ? ANY_RUN : wildcards && c == '?' ? ANY_ONE : c);
        at += Character.charCount(c);
      }
    }
    return Optional.of(out);
  }

  /** The brace that ends a variable; a default value in quotes may have one too. */
  private static int end(String text, int from) {
    boolean quoted = false;
    for (int at = from; ; at++) {
      if (text.charAt(at) == '\'') {
        quoted = !quoted;
      } else if (text.charAt(at) == '}' && !quoted) {
        return at;
      }
    }
  }

  /** Whether a variable has several values, so that nobody knows which is meant. */
  static boolean isUnclear(String text, boolean variables, Map<String, List<String>> keys) {
    int at = variables ? text.indexOf("${") : -1;
    while (at >= 0) {
      if (resolve(text.substring(at + 2, end(text, at)), keys).size() > 1) {
        return true;
      }
      at = text.indexOf("${", end(text, at));
    }
    return false;
  }

  private static List<String> resolve(String inside, Map<String, List<String>> keys) {
    if (List.of("*", "?", "$").contains(inside)) {
      return List.of(inside);
    }
    int comma = inside.indexOf(',');
    String key = (comma < 0 ? inside : inside.substring(0, comma)).strip();
    List<String> values = keys.getOrDefault(key.toLowerCase(Locale.ROOT), List.of());
    if (values.isEmpty() && comma >= 0) {
      return List.of(inside.substring(inside.indexOf('\'') + 1, inside.lastIndexOf('\'')));
    }
    return values;
  }

  static boolean matches(List<Integer> pattern, String text, boolean ignoreCase) {
    List<Integer> characters = text.codePoints().boxed().toList();
    boolean[] reached = new boolean[characters.size() + 1];
    reached[0] = true;
    for (int expected : pattern) {
      boolean[] next = new boolean[reached.length];
      for (int i = 0; i < reached.length; i++) {
        if (expected == ANY_RUN) {
          next[i] = reached[i] || (i > 0 && next[i - 1]);
        } else if (i > 0 && reached[i - 1]) {
          next[i] = expected == ANY_ONE || same(expected, characters.get(i - 1), ignoreCase);
        }
      }
      reached = next;
    }
    return reached[characters.size()];
  }

  private static boolean same(int one, int other, boolean ignoreCase) {
    return one == other
        || (ignoreCase
            && one < 128
            && other < 128
            && Character.toLowerCase(one) == Character.toLowerCase(other));
  }

  /** Six parts, each matched on its own; a lone star matches everything. */
  static boolean matchesArn(List<Integer> pattern, String arn) {
    if (pattern.equals(List.of(ANY_RUN))) {
      return true;
    }
    String[] texts = arn.split(":", 6);
    List<List<Integer>> parts = new ArrayList<>(List.of(new ArrayList<>()));
    for (int c : pattern) {
      if (c == ':' && parts.size() < 6) {
        parts.add(new ArrayList<>());
      } else {
        parts.get(parts.size() - 1).add(c);
      }
    }
    boolean all = texts.length == 6 && parts.size() == 6;
    for (int i = 0; all && i < 6; i++) {
      all = matches(parts.get(i), texts[i], false);
    }
    return all;
  }
}
