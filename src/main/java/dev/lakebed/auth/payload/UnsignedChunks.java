package dev.lakebed.auth.payload;

import dev.lakebed.auth.PayloadException;
import java.util.Optional;

/** Demands that nothing is signed. */
final class UnsignedChunks implements ChunkVerifier {
  @Override
  public void data(byte[] bytes, int offset, int length) {
    // Data of an unsigned chunk is checked by nobody here.
  }

  @Override
  public void endOfChunk(Optional<String> signature) throws PayloadException {
    if (signature.isPresent()) {
      throw new PayloadException(
          PayloadException.Reason.MALFORMED_CHUNK, "A chunk of an unsigned body is signed.");
    }
  }

  @Override
  public void endOfTrailer(String canonical, Optional<String> signature) throws PayloadException {
    if (signature.isPresent()) {
      throw new PayloadException(
          PayloadException.Reason.MALFORMED_TRAILER, "The trailer of an unsigned body is signed.");
    }
  }
}
