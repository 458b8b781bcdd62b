package dev.lakebed.operation.query;

import java.util.regex.Pattern;

/**
 * What a text must look like, as a regular expression says. Most expressions are a class of
 * characters that may stand anywhere, {@code [a-z]*}: it is worked out once which of ASCII these
 * are, because a policy has thousands.
 */
public final class TextForm {
  private static final Pattern ONE_CLASS =
      Pattern.compile("\\[(?:[^\\[\\]\\\\]|\\\\.)*\\]\\*", Pattern.DOTALL);

  private final Pattern expression;
  private final boolean oneClass;
  private final boolean[] ascii = new boolean[128];

  private TextForm(String expression) {
    this.expression = Pattern.compile(expression);
    this.oneClass = ONE_CLASS.matcher(expression).matches();
    for (char c = 0; c < ascii.length; c++) {
      ascii[c] = this.expression.matcher(String.valueOf(c)).matches();
    }
  }

  public static TextForm of(String expression) {
    return new TextForm(expression);
  }

  boolean matches(String text) {
    return (oneClass && isOfAscii(text)) || expression.matcher(text).matches();
  }

  /** Whether it has no other characters than those of ASCII that may stand anywhere. */
  private boolean isOfAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ascii.length || !ascii[c]) {
        return false;
      }
    }
    return true;
  }
}
