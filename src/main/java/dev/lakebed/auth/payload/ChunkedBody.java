package dev.lakebed.auth.payload;

import dev.lakebed.auth.payload.PayloadException.Reason;
import dev.lakebed.http.Headers;
import dev.lakebed.http.RequestBody;
import dev.lakebed.http.RequestBody.BodyMemory;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A body in aws-chunked framing, decoded while it is read.
 *
 * <p>The bytes of a chunk are passed on before its signature, which covers the whole chunk, can be
 * checked: memory stays flat whatever size a client gives its chunks. A reader must therefore
 * publish nothing before end of file; end of file comes only after the last chunk, the trailer and
 * the announced length were found right.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">AWS</a>
 */
public final class ChunkedBody implements RequestBody {
  private final RequestBody raw;
  private final long decodedLength;
  private final ChunkVerifier verifier;
  private final TrailerRules trailerRules;
  private Headers trailers = Headers.NONE;

  /** {@code decodedLength} is what {@code x-amz-decoded-content-length} says. */
  public ChunkedBody(
      RequestBody raw, long decodedLength, ChunkVerifier verifier, TrailerRules trailerRules) {
    this.raw = raw;
    this.decodedLength = decodedLength;
    this.verifier = verifier;
    this.trailerRules = trailerRules;
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.of(decodedLength);
  }

  @Override
  public BodyMemory memory() {
    return raw.memory();
  }

  @Override
  public InputStream open() throws IOException {
    WireReader wire = new WireReader(raw.open(), decodedLength);
    return new ChunkedStream(
        wire, decodedLength, verifier, () -> trailers = trailerRules.read(wire, verifier));
  }

  @Override
  public Headers trailers() {
    return trailers;
  }

  static final class ChunkedStream extends VerifiedStream {
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
          ChunkHeader.parse(wire.line(ChunkHeader.LONGEST, Reason.MALFORMED_CHUNK));
      if (header.size() > outstanding) {
        throw Reason.EXCESS.because(
            "The chunks hold more than x-amz-decoded-content-length bytes.");
      }
      leftInChunk = header.size();
      signature = header.signature();
      if (leftInChunk > 0) {
        // Tiny chunks cost a hash and a signature each (AWS, Chunked upload: at least 8 KB).
        if (smallChunk) {
          throw Reason.SMALL_CHUNK.because(
              "Only the last chunk is allowed to have a size less than 8192 bytes");
        }

        smallChunk = leftInChunk < SMALLEST;
        return true;
      }
      verifier.endOfChunk(signature);
      if (outstanding > 0) {
        throw Reason.INCOMPLETE.because(
            "The chunks hold less than x-amz-decoded-content-length bytes.");
      }
      ending.read();
      return false;
    }

    @Override
    public void close() throws IOException {
      wire.close();
    }
  }

  /** The line before the data of a chunk; its only extension is {@code chunk-signature}. */
  record ChunkHeader(long size, Optional<String> signature) {
    /** Sixteen digits, the extension's name and a signature. */
    static final int LONGEST = 16 + 17 + 64;

    private static final String EXTENSION = "chunk-signature=";

    static ChunkHeader parse(String line) throws PayloadException {
      int semicolon = line.indexOf(';');
      if (semicolon < 0) {
        return new ChunkHeader(size(line), Optional.empty());
      }
      if (!line.startsWith(EXTENSION, semicolon + 1)) {
        throw Reason.MALFORMED_CHUNK.because("A chunk has an unknown extension.");
      }
      String signature = line.substring(semicolon + 1 + EXTENSION.length());
      return new ChunkHeader(size(line.substring(0, semicolon)), Optional.of(signature));
    }

    private static long size(String digits) throws PayloadException {
      if (digits.isEmpty() || digits.length() > 16) {
        throw Reason.MALFORMED_CHUNK.because("A chunk size has no digits or too many.");
      }
      if (!digits.chars().allMatch(HexFormat::isHexDigit)) {
        throw Reason.MALFORMED_CHUNK.because("A chunk size is not a hexadecimal number.");
      }
      long size = HexFormat.fromHexDigitsToLong(digits);
      if (size < 0) {
        throw Reason.MALFORMED_CHUNK.because("A chunk size is out of range.");
      }
      return size;
    }
  }
}
