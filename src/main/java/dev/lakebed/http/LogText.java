package dev.lakebed.http;

/**
 * Text from outside as it may stand in a log: nothing in it ends a line, moves the cursor of a
 * terminal or turns the direction of writing.
 */
public final class LogText {
  private static final int MAX = 2048;

  private LogText() {}

  /** The text, at most 2048 characters of it, with {@code ?} for every character of that kind. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), MAX));
    for (int i = 0; i < text.length() && i < MAX; i++) {
      out.append(isCommand(text.charAt(i)) ? '?' : text.charAt(i));
    }
    return out.toString();
  }

  /**
   * A JSON document with such characters as escapes. JSON's own rules escape those below U+0020
   * only.
   */
  public static String ofJson(String json) {
    int plain = plain(json);
    if (plain == json.length()) {
      return json;
    }
    StringBuilder out = new StringBuilder(json.length() + 16).append(json, 0, plain);
    for (int i = plain; i < json.length(); i++) {
      char c = json.charAt(i);
      out.append(isCommand(c) ? "\\u%04x".formatted((int) c) : c);
    }
    return out.toString();
  }

  /** How many characters it begins with that are of ASCII and no commands, which most are. */
  private static int plain(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) >= ' ' && text.charAt(at) < 0x7f) {
      at++;
    }
    return at;
  }

  private static boolean isCommand(char c) {
    return c < ' '
        || (c >= 0x7f && c <= 0x9f)
        || switch (Character.getType(c)) {
          case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
          default -> false;
        };
  }
}
