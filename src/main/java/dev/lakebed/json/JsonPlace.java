package dev.lakebed.json;

/**
 * A place in a JSON text.
 *
 * @param offset in UTF-16 units, from 0
 * @param line from 1
 * @param column in UTF-16 units, from 1
 */
public record JsonPlace(int offset, int line, int column) {

  /** Turns offsets of a text, which only grow, into lines and columns. */
  static final class Cursor {
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

    JsonPlace here() {
      return new JsonPlace(offset, line, offset - lineStart + 1);
    }

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

  /**
   * A text is no JSON, or JSON that two readers could understand differently or that is too large.
   */
  public static final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final transient JsonPlace place;

    MalformedJsonException(String reason, JsonPlace place) {
      super("%s (line %d, column %d)".formatted(reason, place.line(), place.column()));
      this.reason = reason;
      this.place = place;
    }

    public String reason() {
      return reason;
    }

    public JsonPlace place() {
      return place;
    }
  }
}
