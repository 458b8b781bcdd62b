package dev.lakebed.front.payara;

import dev.lakebed.front.payara.TargetScan.HostScan;

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
  private int hosts;
  private HostScan host = new HostScan();
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
    } else if (field == Field.HOST) {
      hosts++;
      host = new HostScan();
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
      case HOST -> !blankAfterValue && host.next(b) && ++digits > 0;
      case TRANSFER_ENCODING, OTHER -> true;
    };
  }

  /** Whether the value is complete. */
  boolean endValue() {
    return switch (field) {
      case CONTENT_LENGTH -> digits > 0;
      case HOST -> host.isComplete();
      case TRANSFER_ENCODING, OTHER -> true;
    };
  }

  /**
   * Whether every reader sees the same end of the request (RFC 9112, section 6.3) and it says whom
   * it is for (section 3.2).
   */
  boolean isUnambiguous(boolean http10) {
    return (hosts > 0 || http10)
        && contentLengths <= 1
        && transferEncodings <= 1
        && (transferEncodings == 0 || (contentLengths == 0 && !http10));
  }
}
