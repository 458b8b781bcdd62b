package dev.lakebed.front.payara;

/**
 * Reads the head of a request byte by byte, strictly as RFC 9112 writes it, before the server's own
 * lenient parser has seen it: whatever two readers could understand differently is refused. It
 * keeps nothing of the head but what its framing says.
 */
final class HeadScan {
  /** How far a head is, with this byte. */
  enum Verdict {
    MORE,
    COMPLETE,
    BAD
  }

  private enum State {
    METHOD,
    TARGET,
    VERSION,
    LINE,
    NAME,
    VALUE,
    VALUE_END,
    HEAD_END
  }

  private static final int LONGEST_METHOD = 64;
  private static final String VERSION = "HTTP/1.D\r\n";

  private final TargetScan target = new TargetScan();
  private final FramingFields framing = new FramingFields();
  private State state = State.METHOD;
  private int length;
  private boolean http10;

  Verdict next(byte signed) {
    int b = signed & 0xff;
    return switch (state) {
      case METHOD -> method(b);
      case TARGET -> target(b);
      case VERSION -> version(b);
      case LINE -> line(b);
      case NAME -> name(b);
      case VALUE -> value(b);
      case VALUE_END -> valueEnd(b);
      case HEAD_END -> headEnd(b);
    };
  }

  private Verdict method(int b) {
    if (b == ' ' && length > 0) {
      return enter(State.TARGET);
    }
    return isToken(b) && ++length <= LONGEST_METHOD ? Verdict.MORE : Verdict.BAD;
  }

  private Verdict target(int b) {
    if (b == ' ') {
      return target.isComplete() ? enter(State.VERSION) : Verdict.BAD;
    }
    return target.next(b) ? Verdict.MORE : Verdict.BAD;
  }

  private Verdict version(int b) {
    int wanted = VERSION.charAt(length);
    if (wanted == 'D' ? b < '0' || b > '9' : b != wanted) {
      return Verdict.BAD;
    }
    if (length == 7) {
      http10 = b == '0';
    }
    length++;
    return length == VERSION.length() ? enter(State.LINE) : Verdict.MORE;
  }

  /** A line that begins with a blank would continue the one before (obs-fold). */
  private Verdict line(int b) {
    if (b == '\r') {
      return enter(State.HEAD_END);
    }
    if (!isToken(b)) {
      return Verdict.BAD;
    }
    framing.startName(b);
    return enter(State.NAME);
  }

  private Verdict name(int b) {
    if (b == ':') {
      framing.startValue();
      return enter(State.VALUE);
    }
    if (!isToken(b)) {
      return Verdict.BAD;
    }
    framing.name(b);
    return Verdict.MORE;
  }

  private Verdict value(int b) {
    if (b == '\r') {
      return framing.endValue() ? enter(State.VALUE_END) : Verdict.BAD;
    }
    boolean control = (b < ' ' && b != '\t') || b == 0x7f;
    return !control && framing.value(b) ? Verdict.MORE : Verdict.BAD;
  }

  private Verdict valueEnd(int b) {
    return b == '\n' ? enter(State.LINE) : Verdict.BAD;
  }

  private Verdict headEnd(int b) {
    return b == '\n' && framing.isUnambiguous(http10) ? Verdict.COMPLETE : Verdict.BAD;
  }

  private Verdict enter(State next) {
    state = next;
    length = 0;
    return Verdict.MORE;
  }

  /** RFC 9110, section 5.6.2. */
  static boolean isToken(int b) {
    return isAlphanumericOr(b, "!#$%&'*+-.^_`|~");
  }

  static boolean isAlphanumericOr(int b, String others) {
    int lower = lowerCase(b);
    return (lower >= 'a' && lower <= 'z') || (b >= '0' && b <= '9') || others.indexOf(b) >= 0;
  }

  static int lowerCase(int b) {
    return b >= 'A' && b <= 'Z' ? b + 'a' - 'A' : b;
  }
}
