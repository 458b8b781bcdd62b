package dev.lakebed.policy;

/** Turns offsets of a document, which only grow, into lines and columns. */
final class Cursor {
  private final String document;
  private int offset;
  private int line = 1;
  private int lineStart;

  Cursor(String document) {
    this.document = document;
  }

  /** Moves over what may stand between two tokens. */
  Position nextToken() {
    while (offset < document.length() && isBetweenTokens(document.charAt(offset))) {
      step();
    }
    return here();
  }

  /** The place behind the last token. */
  Position here() {
    return new Position(line, offset - lineStart + 1);
  }

  /** Moves behind a token. */
  void moveTo(long end) {
    while (offset < Math.min(end, document.length())) {
      step();
    }
  }

  private void step() {
    if (document.charAt(offset) == '\n') {
      line++;
      lineStart = offset + 1;
    }
    offset++;
  }

  private static boolean isBetweenTokens(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ',' || c == ':';
  }
}
