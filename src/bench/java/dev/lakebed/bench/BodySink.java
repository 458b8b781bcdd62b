package dev.lakebed.bench;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the bytes of a reply body piece by piece. */
@FunctionalInterface
interface BodySink {
  BodySink DISCARD = piece -> piece.position(piece.limit());

  /** Takes all remaining bytes of the piece, which is reused afterwards. */
  void accept(ByteBuffer piece) throws IOException;
}
