package dev.lakebed.front.payara;

import java.util.Set;

/** Reads one trailer field byte by byte. */
final class TrailerScan {
  /**
   * What says where a message ends, whom it is for, who sent it or how it is read must stand before
   * the body (RFC 9110, section 6.5.1).
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
      name.append((char) (b >= 'A' && b <= 'Z' ? b + 'a' - 'A' : b));
    }
    return HeadScan.isToken(b);
  }

  /** Whether the line may end. */
  boolean isComplete() {
    return inValue;
  }
}
