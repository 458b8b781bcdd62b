package dev.lakebed.policy;

import java.util.ArrayList;
import java.util.List;

/** An ARN pattern of the Arn* operators: six parts, each matched on its own. */
final class ArnGlob implements TextMatcher {
  static final int ARN_PARTS = 6;

  private final List<Glob> globs;

  private ArnGlob(List<Glob> globs) {
    this.globs = globs;
  }

  /** Compiles parts without variables. A lone {@code *} stands for every ARN. */
  static TextMatcher of(List<Part> parts) {
    if (parts.equals(List.of(new Part.AnyRun()))) {
      return (text, effort) -> true;
    }
    List<List<Part>> split = split(parts);
    if (split.size() < ARN_PARTS) {
      return (text, effort) -> false;
    }
    return new ArnGlob(split.stream().map(Glob::of).toList());
  }

  /** Whether the text has the six parts of an ARN. */
  static boolean isArn(String text) {
    return text.startsWith("arn:") && text.chars().filter(c -> c == ':').count() >= ARN_PARTS - 1;
  }

  /** Splits at the first five colons of the literals. */
  static List<List<Part>> split(List<Part> parts) {
    List<List<Part>> split = new ArrayList<>();
    List<Part> current = new ArrayList<>();
    for (Part part : parts) {
      if (!(part instanceof Part.Literal literal)) {
        current.add(part);
        continue;
      }
      String[] texts = literal.text().split(":", ARN_PARTS - split.size());
      for (int i = 0; i < texts.length; i++) {
        if (i > 0) {
          split.add(current);
          current = new ArrayList<>();
        }
        current.add(new Part.Literal(texts[i]));
      }
    }
    split.add(current);
    return split;
  }

  @Override
  public boolean matches(String text, Effort effort) {
    int from = 0;
    for (int i = 0; i < ARN_PARTS - 1; i++) {
      int colon = text.indexOf(':', from);
      if (colon < 0 || !globs.get(i).matches(text, from, colon, effort)) {
        return false;
      }
      from = colon + 1;
    }
    return globs.get(ARN_PARTS - 1).matches(text, from, text.length(), effort);
  }
}
