package dev.lakebed.bench;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Compares a reply body with the bytes that were stored. */
final class ExpectedBody implements BodySink {
  private final ByteBuffer expected;

  ExpectedBody(Body body) {
    this.expected = body.view();
  }

  @Override
  public void accept(ByteBuffer piece) throws IOException {
    int length = piece.remaining();
    if (length > expected.remaining()
        || !piece.equals(expected.slice(expected.position(), length))) {
      throw new IOException("reply body differs near byte " + expected.position());
    }
    expected.position(expected.position() + length);
    piece.position(piece.limit());
  }
}
