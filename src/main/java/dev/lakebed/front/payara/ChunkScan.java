package dev.lakebed.front.payara;

import java.util.Set;

/**
 * Reads what frames a chunked body byte by byte, strictly as RFC 9112, section 7.1, writes it: the
 * end of a request must be where every reader sees it. Chunk extensions and trailer fields are
 * checked and skipped.
 */
final class ChunkScan {
  /** How far a body is, with this byte. */
  enum Verdict {
    MORE,
    END,
    BAD
  }

  private enum State {
    FIRST_DIGIT,
    SIZE,
    EXTENSION,
    SIZE_END,
    DATA,
    DATA_END,
    TRAILER,
    FIELD,
    FIELD_END,
    LAST
  }

  /** So that no size overflows; leading zeros are digits too. */
  private static final int MOST_DIGITS = 15;

  /** Bytes of extensions and trailer fields in a whole body, which nobody keeps. */
  private static final int MOST_SKIPPED = 16 << 10;

  private State state = State.FIRST_DIGIT;
  private int digits;
  private long remaining;
  private int skipped;
  private ExtensionScan extension = new ExtensionScan();
  private TrailerScan field = new TrailerScan();

  Verdict next(byte signed) {
    int b = signed & 0xff;
    return switch (state) {
      case FIRST_DIGIT -> firstDigit(b);
      case SIZE -> size(b);
      case EXTENSION -> extension(b);
      case SIZE_END -> b == '\n' ? sizeEnd() : Verdict.BAD;
      case DATA -> b == '\r' ? enter(State.DATA_END) : Verdict.BAD;
      case DATA_END -> b == '\n' ? enter(State.FIRST_DIGIT) : Verdict.BAD;
      case TRAILER -> trailer(b);
      case FIELD -> field(b);
      case FIELD_END -> b == '\n' ? enter(State.TRAILER) : Verdict.BAD;
      case LAST -> b == '\n' ? Verdict.END : Verdict.BAD;
    };
  }

  /** How much data of a chunk comes next, before anything is to be scanned again. */
  long data() {
    return state == State.DATA ? remaining : 0;
  }

  /** So much of the data was taken. */
  void took(int bytes) {
    remaining -= bytes;
  }

  private Verdict firstDigit(int b) {
    digits = 0;
    state = State.SIZE;
    return digit(b);
  }

  private Verdict size(int b) {
    return switch (b) {
      case '\r' -> enter(State.SIZE_END);
      case ' ', '\t', ';' -> {
        extension = new ExtensionScan();
        state = State.EXTENSION;
        yield extension(b);
      }
      default -> digit(b);
    };
  }

  private Verdict digit(int b) {
    // It would take digits of other scripts, but a byte has none.
    int value = Character.digit(b, 16);
    if (value < 0 || ++digits > MOST_DIGITS) {
      return Verdict.BAD;
    }
    remaining = remaining << 4 | value;
    return Verdict.MORE;
  }

  private Verdict sizeEnd() {
    return enter(remaining == 0 ? State.TRAILER : State.DATA);
  }

  /** A line that begins with a blank would continue the one before (obs-fold). */
  private Verdict trailer(int b) {
    if (b == '\r') {
      return enter(State.LAST);
    }
    field = new TrailerScan();
    state = State.FIELD;
    return field(b);
  }

  private Verdict extension(int b) {
    if (b == '\r') {
      return extension.isComplete() ? enter(State.SIZE_END) : Verdict.BAD;
    }
    return skip(extension.next(b));
  }

  private Verdict field(int b) {
    if (b == '\r') {
      return field.isComplete() ? enter(State.FIELD_END) : Verdict.BAD;
    }
    return skip(field.next(b));
  }

  private Verdict skip(boolean allowed) {
    return allowed && ++skipped <= MOST_SKIPPED ? Verdict.MORE : Verdict.BAD;
  }

  private Verdict enter(State next) {
    state = next;
    return Verdict.MORE;
  }

  /**
   * Reads the extensions of one chunk byte by byte, from behind its size (RFC 9112, section 7.1.1).
   */
  static final class ExtensionScan {
    private enum Part {
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

    private Part state = Part.BEFORE;

    /** Whether the byte may stand there; it does not end the line. */
    boolean next(int b) {
      state =
          switch (state) {
            case BEFORE -> separated(b, Part.BEFORE);
            case NAME_START -> isBlank(b) ? state : token(b, Part.NAME);
            case NAME -> HeadScan.isToken(b) ? state : named(b);
            case NAME_END -> named(b);
            case VALUE_START -> valueStart(b);
            case VALUE -> HeadScan.isToken(b) ? state : separated(b, Part.BEFORE);
            case QUOTED -> quoted(b);
            case ESCAPED -> isText(b) ? Part.QUOTED : Part.BAD;
            case VALUE_END -> separated(b, Part.BEFORE);
            case BAD -> Part.BAD;
          };
      return state != Part.BAD;
    }

    /** Whether the line may end. */
    boolean isComplete() {
      return state == Part.NAME || state == Part.VALUE || state == Part.VALUE_END;
    }

    private static Part separated(int b, Part blank) {
      if (isBlank(b)) {
        return blank;
      }
      return b == ';' ? Part.NAME_START : Part.BAD;
    }

    private static Part named(int b) {
      return b == '=' ? Part.VALUE_START : separated(b, Part.NAME_END);
    }

    private static Part valueStart(int b) {
      if (isBlank(b)) {
        return Part.VALUE_START;
      }
      return b == '"' ? Part.QUOTED : token(b, Part.VALUE);
    }

    private static Part quoted(int b) {
      return switch (b) {
        case '"' -> Part.VALUE_END;
        case '\\' -> Part.ESCAPED;
        default -> isText(b) ? Part.QUOTED : Part.BAD;
      };
    }

    private static Part token(int b, Part next) {
      return HeadScan.isToken(b) ? next : Part.BAD;
    }

    private static boolean isBlank(int b) {
      return b == ' ' || b == '\t';
    }

    private static boolean isText(int b) {
      return b == '\t' || (b >= ' ' && b != 0x7f);
    }
  }

  /** Reads one trailer field byte by byte. */
  static final class TrailerScan {
    /**
     * What says where a message ends, whom it is for, who sent it or how it is read must stand
     * before the body (RFC 9110, section 6.5.1).
     */
    private static final Set<String> HEAD_ONLY =
        Set.of(
            "authorization",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "expect",
            "host",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding");

    private static final int LONGEST = 20;

    private final StringBuilder name = new StringBuilder(LONGEST);
    private boolean inValue;

    /** Whether the byte may stand there; it does not end the line. */
    boolean next(int b) {
      if (inValue) {
        return b == '\t' || (b >= ' ' && b != 0x7f);
      }
      if (b == ':') {
        inValue = true;
        return !name.isEmpty() && !HEAD_ONLY.contains(name.toString());
      }
      if (name.length() < LONGEST) {
        name.append((char) HeadScan.lowerCase(b));
      }
      return HeadScan.isToken(b);
    }

    /** Whether the line may end. */
    boolean isComplete() {
      return inValue;
    }
  }
}
