package dev.lakebed.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Numbers as the reports show them. */
final class Figures {
  private Figures() {}

  /** Three significant digits below 100, whole numbers above, a dash for what is not a number. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    if (Math.abs(value) >= 100 || value == 0) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
  }

  static String number(Optional<Double> value) {
    return value.map(Figures::number).orElse("-");
  }

  static String millis(long micros) {
    return number(micros / 1000.0);
  }

  /** The value in the middle; of an even number the mean of the two. */
  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** A size in binary units, such as 4 KiB; a dash for none. */
  static String size(int bytes) {
    if (bytes == 0) {
      return "-";
    }
    if (bytes % (1 << 20) == 0) {
      return (bytes >> 20) + " MiB";
    }
    return bytes % (1 << 10) == 0 ? (bytes >> 10) + " KiB" : bytes + " B";
  }

  /** Reads {@code 4096}, {@code 4k}, {@code 64m} or {@code 4g} (binary units). */
  static long parseBytes(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int unit = 10 * ("kmg".indexOf(lower.charAt(lower.length() - 1)) + 1);
    String digits = unit == 0 ? lower : lower.substring(0, lower.length() - 1);
    return Math.multiplyExact(Long.parseLong(digits), 1L << unit);
  }

  /** The same for what has to fit into one buffer: below 2 GiB. */
  static int parseSize(String text) {
    return Math.toIntExact(parseBytes(text));
  }
}
