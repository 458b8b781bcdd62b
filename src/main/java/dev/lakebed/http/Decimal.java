package dev.lakebed.http;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The one reader of whole numbers in requests: ASCII digits and nothing else. Java's own readers
 * take a plus sign and the digits of every script.
 */
public final class Decimal {
  /** So many digits always fit into a long. */
  private static final int MOST_DIGITS = 18;

  private Decimal() {}

  /** The number; empty for any other text, and for one of more than 18 digits. */
  public static OptionalLong parse(String text) {
    if (text.isEmpty() || text.length() > MOST_DIGITS || !isDigits(text)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  public static OptionalInt parse(String text, int least, int most) {
    OptionalLong number = parse(text);
    return number.isPresent() && number.getAsLong() >= least && number.getAsLong() <= most
        ? OptionalInt.of((int) number.getAsLong())
        : OptionalInt.empty();
  }

  public static boolean isDigits(String text) {
    return isDigits(text, 0, text.length());
  }

  /** Of the text from one index to another. */
  public static boolean isDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
