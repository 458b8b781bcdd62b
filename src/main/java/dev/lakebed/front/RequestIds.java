package dev.lakebed.front;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Request ids: sixteen upper-case hexadecimal digits, as S3 writes them. Not secret. */
final class RequestIds {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private RequestIds() {}

  static String next() {
    return HEX.toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
