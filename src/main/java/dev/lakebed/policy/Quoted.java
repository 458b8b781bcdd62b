package dev.lakebed.policy;

/** Text of a document inside a message: short and without control characters. */
final class Quoted {
  private static final int SHOWN = 80;

  private Quoted() {}

  static String of(String text) {
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
  }
}
