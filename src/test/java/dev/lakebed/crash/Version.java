package dev.lakebed.crash;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What an object is after a write.
 *
 * @param sha256 of its bytes
 * @param etag as AWS makes it for this kind of write, quoted
 */
record Version(int size, String sha256, String etag) {
  /** A PUT. */
  static Version put(byte[] bytes) {
    return of(bytes, HexFormat.of().formatHex(Content.md5(bytes)));
  }

  /** A multipart upload of two parts. */
  static Version multipart(byte[] bytes, int firstPart) {
    byte[] digests = new byte[32];
    System.arraycopy(Content.md5(Arrays.copyOf(bytes, firstPart)), 0, digests, 0, 16);
    byte[] second = Arrays.copyOfRange(bytes, firstPart, bytes.length);
    System.arraycopy(Content.md5(second), 0, digests, 16, 16);
    return of(bytes, HexFormat.of().formatHex(Content.md5(digests)) + "-2");
  }

  /** What a reader got. */
  static Version read(byte[] bytes, String etag) {
    return new Version(bytes.length, Content.sha256(bytes), etag);
  }

  private static Version of(byte[] bytes, String etag) {
    return new Version(bytes.length, Content.sha256(bytes), '"' + etag + '"');
  }
}
