package dev.lakebed.operation.query;

/** Text of a request as it may appear in a message: short and printable. */
final class Shown {
  private static final int MAX = 64;

  private Shown() {}

  static String name(String text) {
    StringBuilder out = new StringBuilder(MAX + 3).append('\'');
    for (int i = 0; i < Math.min(text.length(), MAX); i++) {
      char c = text.charAt(i);
      out.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    return out.append(text.length() > MAX ? "…'" : "'").toString();
  }
}
