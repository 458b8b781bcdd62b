package dev.lakebed.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Keeps a reply body in memory, up to a limit. */
final class CapturedBody implements BodySink {
  private static final int LIMIT = 16 << 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);

  @Override
  public void accept(ByteBuffer piece) throws IOException {
    if (bytes.size() + piece.remaining() > LIMIT) {
      throw new IOException("reply body is longer than " + LIMIT + " bytes");
    }
    byte[] copy = new byte[piece.remaining()];
    piece.get(copy);
    bytes.write(copy);
  }

  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
