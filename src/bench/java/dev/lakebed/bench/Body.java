package dev.lakebed.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** A request body made once and sent many times; its SHA-256 is computed when first asked for. */
final class Body {
  static final Body EMPTY = new Body(ByteBuffer.allocate(0));

  private final ByteBuffer bytes;
  private volatile String sha256 = "";

  private Body(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  static Body text(String text) {
    return new Body(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Bytes that do not compress, the same for the same size, outside the heap. */
  static Body random(int size) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(size);
    SplittableRandom random = new SplittableRandom(size);
    while (bytes.remaining() >= Long.BYTES) {
      bytes.putLong(random.nextLong());
    }
    while (bytes.hasRemaining()) {
      bytes.put((byte) random.nextInt());
    }
    return new Body(bytes.flip());
  }

  /** The first bytes of this one, which the two then share. */
  Body first(int size) {
    return new Body(bytes.slice(0, size));
  }

  int length() {
    return bytes.remaining();
  }

  ByteBuffer view() {
    return bytes.duplicate();
  }

  String sha256() {
    if (sha256.isEmpty()) {
      MessageDigest digest = newSha256();
      digest.update(view());
      sha256 = HexFormat.of().formatHex(digest.digest());
    }
    return sha256;
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
