package dev.lakebed.auth.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Text in which each character stands for one byte, as header values are read. */
final class Bytes {
  private Bytes() {}

  static String of(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
