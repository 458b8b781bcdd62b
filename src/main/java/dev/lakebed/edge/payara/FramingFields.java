package dev.lakebed.edge.payara;

/**
 * The fields of a head that say where the request ends and to whom it goes: Content-Length,
 * Transfer-Encoding and Host.
 */
final class FramingFields {
  private static final int MOST_DIGITS = 18;

  private enum Field {
    CONTENT_LENGTH("content-length"),
    TRANSFER_ENCODING("transfer-encoding"),
    HOST("host"),
    OTHER("");

    private final String name;

    Field(String name) {
      this.name = name;
    }
  }

  private static final Field[] KNOWN = {Field.CONTENT_LENGTH, Field.TRANSFER_ENCODING, Field.HOST};

  /** The known names that fit so far, one bit each. */
  private int candidates;

  private int nameLength;
  private Field field = Field.OTHER;
  private int contentLengths;
  private int transferEncodings;
  private int digits;
  private boolean blankAfterValue;

  void startName(int b) {
    candidates = (1 << KNOWN.length) - 1;
    nameLength = 0;
    name(b);
  }

  void name(int b) {
    int lower = b >= 'A' && b <= 'Z' ? b + 'a' - 'A' : b;
    for (int i = 0; i < KNOWN.length; i++) {
      String name = KNOWN[i].name;
      if (nameLength >= name.length() || name.charAt(nameLength) != lower) {
        candidates &= ~(1 << i);
      }
    }
    nameLength++;
  }

  void startValue() {
    field = Field.OTHER;
    for (int i = 0; i < KNOWN.length; i++) {
      if ((candidates & (1 << i)) != 0 && nameLength == KNOWN[i].name.length()) {
        field = KNOWN[i];
      }
    }
    digits = 0;
    blankAfterValue = false;
    if (field == Field.CONTENT_LENGTH) {
      contentLengths++;
    } else if (field == Field.TRANSFER_ENCODING) {
      transferEncodings++;
    }
  }

  /** Whether the byte may stand in the value; it is no control character. */
  boolean value(int b) {
    if (b == ' ' || b == '\t') {
      blankAfterValue = digits > 0;
      return true;
    }
    return switch (field) {
      case CONTENT_LENGTH -> !blankAfterValue && b >= '0' && b <= '9' && ++digits <= MOST_DIGITS;
      case HOST -> !blankAfterValue && isHost(b) && ++digits > 0;
      case TRANSFER_ENCODING, OTHER -> true;
    };
  }

  /** Whether the value is complete. */
  boolean endValue() {
    return field != Field.CONTENT_LENGTH || digits > 0;
  }

  /** Whether every reader sees the same end of the request (RFC 9112, section 6.3). */
  boolean isUnambiguous(boolean http10) {
    return contentLengths <= 1
        && transferEncodings <= 1
        && (transferEncodings == 0 || (contentLengths == 0 && !http10));
  }

  /** RFC 3986, section 3.2.2, and the colon before the port. */
  private static boolean isHost(int b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || (b < 0x7f && "-._~%!$&'()*+,;=:[]".indexOf(b) >= 0);
  }
}
