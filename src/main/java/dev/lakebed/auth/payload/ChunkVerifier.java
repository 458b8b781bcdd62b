package dev.lakebed.auth.payload;

import java.util.Optional;

/** Checks the signatures of an aws-chunked body, piece by piece in the order sent. */
public interface ChunkVerifier {
  /** For {@code STREAMING-UNSIGNED-PAYLOAD-TRAILER}: nothing is signed and nothing may be. */
  ChunkVerifier UNSIGNED = new UnsignedChunks();

  void data(byte[] bytes, int offset, int length);

  /** The current chunk is complete; the final one is empty. {@code signature} is of its header. */
  void endOfChunk(Optional<String> signature) throws PayloadException;

  /** The trailer is complete; {@code canonical}: its lines, {@code name:value} and a line feed. */
  void endOfTrailer(String canonical, Optional<String> signature) throws PayloadException;

  static final class UnsignedChunks implements ChunkVerifier {
    @Override
    public void data(byte[] bytes, int offset, int length) {
      // Data of an unsigned chunk is checked by nobody here.
    }

    @Override
    public void endOfChunk(Optional<String> signature) throws PayloadException {
      if (signature.isPresent()) {
        throw PayloadException.Reason.MALFORMED_CHUNK.because(
            "A chunk of an unsigned body is signed.");
      }
    }

    @Override
    public void endOfTrailer(String canonical, Optional<String> signature) throws PayloadException {
      if (signature.isPresent()) {
        throw PayloadException.Reason.MALFORMED_TRAILER.because(
            "The trailer of an unsigned body is signed.");
      }
    }
  }
}
