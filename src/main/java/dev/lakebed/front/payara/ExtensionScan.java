package dev.lakebed.front.payara;

/**
 * Reads the extensions of one chunk byte by byte, from behind its size (RFC 9112, section 7.1.1).
 */
final class ExtensionScan {
  private enum State {
    BEFORE,
    NAME_START,
    NAME,
    NAME_END,
    VALUE_START,
    VALUE,
    QUOTED,
    ESCAPED,
    VALUE_END,
    BAD
  }

  private State state = State.BEFORE;

  /** Whether the byte may stand there; it does not end the line. */
  boolean next(int b) {
    state =
        switch (state) {
          case BEFORE -> separated(b, State.BEFORE);
          case NAME_START -> isBlank(b) ? state : token(b, State.NAME);
          case NAME -> HeadScan.isToken(b) ? state : named(b);
          case NAME_END -> named(b);
          case VALUE_START -> valueStart(b);
          case VALUE -> HeadScan.isToken(b) ? state : separated(b, State.BEFORE);
          case QUOTED -> quoted(b);
          case ESCAPED -> isText(b) ? State.QUOTED : State.BAD;
          case VALUE_END -> separated(b, State.BEFORE);
          case BAD -> State.BAD;
        };
    return state != State.BAD;
  }

  /** Whether the line may end. */
  boolean isComplete() {
    return state == State.NAME || state == State.VALUE || state == State.VALUE_END;
  }

  private static State separated(int b, State blank) {
    if (isBlank(b)) {
      return blank;
    }
    return b == ';' ? State.NAME_START : State.BAD;
  }

  private static State named(int b) {
    return b == '=' ? State.VALUE_START : separated(b, State.NAME_END);
  }

  private static State valueStart(int b) {
    if (isBlank(b)) {
      return State.VALUE_START;
    }
    return b == '"' ? State.QUOTED : token(b, State.VALUE);
  }

  private static State quoted(int b) {
    return switch (b) {
      case '"' -> State.VALUE_END;
      case '\\' -> State.ESCAPED;
      default -> isText(b) ? State.QUOTED : State.BAD;
    };
  }

  private static State token(int b, State next) {
    return HeadScan.isToken(b) ? next : State.BAD;
  }

  private static boolean isBlank(int b) {
    return b == ' ' || b == '\t';
  }

  private static boolean isText(int b) {
    return b == '\t' || (b >= ' ' && b != 0x7f);
  }
}
