package dev.lakebed.front.payara;

/**
 * Reads what frames a chunked body byte by byte, strictly as RFC 9112, section 7.1, writes it: the
 * end of a request must be where every reader sees it. Chunk extensions and trailer fields are
 * checked and skipped.
 */
final class ChunkScan {
  /** How far a body is. */
  enum Verdict {
    /** Good so far. */
    MORE,
    /** The body ended with this byte. */
    END,
    /** No chunked body. */
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
}
