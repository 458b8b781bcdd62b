package dev.lakebed.front.payara;

/**
 * Reads the target of a request byte by byte (RFC 9112, section 3.2): a path, an absolute URI whose
 * host is one, or an asterisk. The path and query may hold what no URI does, because keys may, so
 * only blanks and controls are out.
 */
final class TargetScan {
  private enum State {
    START,
    SCHEME,
    AUTHORITY,
    PATH,
    ASTERISK,
    BAD
  }

  private static final String HTTP = "http://";
  private static final String HTTPS = "https://";

  private final HostScan host = new HostScan();
  private State state = State.START;
  private String scheme = HTTP;
  private int length;

  /** Whether the byte may come next. */
  boolean next(int b) {
    state = b > ' ' && b != 0x7f ? after(b) : State.BAD;
    return state != State.BAD;
  }

  /** Whether what came is a target. */
  boolean isComplete() {
    return state == State.PATH
        || state == State.ASTERISK
        || (state == State.AUTHORITY && host.isComplete());
  }

  private State after(int b) {
    return switch (state) {
      case START ->
          switch (b) {
            case '/' -> State.PATH;
            case '*' -> State.ASTERISK;
            default -> scheme(b);
          };
      case SCHEME -> scheme(b);
      case AUTHORITY -> authority(b);
      case PATH -> State.PATH;
      case ASTERISK, BAD -> State.BAD;
    };
  }

  private State scheme(int b) {
    int lower = b >= 'A' && b <= 'Z' ? b + 'a' - 'A' : b;
    if (length == "http".length() && lower == 's') {
      scheme = HTTPS;
    }
    if (lower != scheme.charAt(length++)) {
      return State.BAD;
    }
    return length == scheme.length() ? State.AUTHORITY : State.SCHEME;
  }

  private State authority(int b) {
    if (b == '/' || b == '?') {
      return host.isComplete() ? State.PATH : State.BAD;
    }
    return host.next(b) ? State.AUTHORITY : State.BAD;
  }
}
