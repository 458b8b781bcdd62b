package dev.lakebed.auth.payload;

import java.util.Optional;

/** Checks the signatures of an aws-chunked body, piece by piece in the order sent. */
public interface ChunkVerifier {
  /** For {@code STREAMING-UNSIGNED-PAYLOAD-TRAILER}: nothing is signed and nothing may be. */
  ChunkVerifier UNSIGNED = new UnsignedChunks();

  void data(byte[] bytes, int offset, int length);

  /**
   * The current chunk is complete; the final one is empty.
   *
   * @param signature the {@code chunk-signature} of its header
   * @throws PayloadException with {@code CHUNK_SIGNATURE_MISMATCH} when it differs or is missing,
   *     with {@code MALFORMED_CHUNK} when there is one that must not be
   */
  void endOfChunk(Optional<String> signature) throws PayloadException;

  /**
   * The trailer is complete.
   *
   * @param canonical its lines, each {@code name:value} and a line feed
   * @param signature value of {@code x-amz-trailer-signature}
   * @throws PayloadException with {@code CHUNK_SIGNATURE_MISMATCH} when it differs or is missing,
   *     with {@code MALFORMED_TRAILER} when there is one that must not be
   */
  void endOfTrailer(String canonical, Optional<String> signature) throws PayloadException;

  static final class UnsignedChunks implements ChunkVerifier {
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
            PayloadException.Reason.MALFORMED_TRAILER,
            "The trailer of an unsigned body is signed.");
      }
    }
  }
}
