package dev.lakebed.auth.payload;

import dev.lakebed.auth.PayloadException;
import java.io.IOException;
import java.util.Optional;

/** Takes the aws-chunked framing off. */
final class ChunkedStream extends VerifiedStream {
  /** Reads what follows the final chunk. */
  @FunctionalInterface
  interface Ending {
    void read() throws IOException;
  }

  /** Least size of every chunk but the last one with data. */
  private static final int SMALLEST = 8 * 1024;

  private final WireReader wire;
  private final ChunkVerifier verifier;
  private final Ending ending;
  private long outstanding;
  private long leftInChunk;
  private boolean smallChunk;
  private Optional<String> signature = Optional.empty();

  ChunkedStream(WireReader wire, long decodedLength, ChunkVerifier verifier, Ending ending) {
    this.wire = wire;
    this.outstanding = decodedLength;
    this.verifier = verifier;
    this.ending = ending;
  }

  @Override
  protected int next(byte[] target, int offset, int length) throws IOException {
    if (leftInChunk == 0 && !startChunk()) {
      return -1;
    }
    int count = wire.data(target, offset, (int) Math.min(length, leftInChunk));
    verifier.data(target, offset, count);
    leftInChunk -= count;
    outstanding -= count;
    if (leftInChunk == 0) {
      wire.endOfData();
      verifier.endOfChunk(signature);
    }
    return count;
  }

  private boolean startChunk() throws IOException {
    ChunkHeader header =
        ChunkHeader.parse(wire.line(ChunkHeader.LONGEST, PayloadException.Reason.MALFORMED_CHUNK));
    if (header.size() > outstanding) {
      throw new PayloadException(
          PayloadException.Reason.EXCESS,
          "The chunks hold more than x-amz-decoded-content-length bytes.");
    }
    leftInChunk = header.size();
    signature = header.signature();
    if (leftInChunk > 0) {
      requireGreatBefore();
      smallChunk = leftInChunk < SMALLEST;
      return true;
    }
    verifier.endOfChunk(signature);
    if (outstanding > 0) {
      throw new PayloadException(
          PayloadException.Reason.INCOMPLETE,
          "The chunks hold less than x-amz-decoded-content-length bytes.");
    }
    ending.read();
    return false;
  }

  /** Tiny chunks cost a hash and a signature each (AWS, Chunked upload: at least 8 KB). */
  private void requireGreatBefore() throws PayloadException {
    if (smallChunk) {
      throw new PayloadException(
          PayloadException.Reason.SMALL_CHUNK,
          "Only the last chunk is allowed to have a size less than 8192 bytes");
    }
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
