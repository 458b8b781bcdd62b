package dev.lakebed.json;

/** Turns offsets of a text, which only grow, into lines and columns. */
final class Cursor {
  private final String text;
  private int offset;
  private int line = 1;
  private int lineStart;

  Cursor(String text) {
    this.text = text;
  }

  /** Moves over what may stand between two tokens. */
  JsonPlace nextToken() {
    while (offset < text.length() && isBetweenTokens(text.charAt(offset))) {
      step();
    }
    return here();
  }

  /** The place behind the last token. */
  JsonPlace here() {
    return new JsonPlace(offset, line, offset - lineStart + 1);
  }

  /** Moves behind a token. */
  void moveTo(long end) {
    while (offset < Math.min(end, text.length())) {
      step();
    }
  }

  private void step() {
    if (text.charAt(offset) == '\n') {
      line++;
      lineStart = offset + 1;
    }
    offset++;
  }

  private static boolean isBetweenTokens(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ',' || c == ':';
  }
}
