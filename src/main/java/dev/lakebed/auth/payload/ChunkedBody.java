package dev.lakebed.auth.payload;

import dev.lakebed.http.BodyMemory;
import dev.lakebed.http.Headers;
import dev.lakebed.http.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * A body in aws-chunked framing, decoded while it is read.
 *
 * <p>The bytes of a chunk are passed on before its signature, which covers the whole chunk, can be
 * checked: memory stays flat whatever size a client gives its chunks. A reader must therefore
 * publish nothing before end of file; end of file comes only after the last chunk, the trailer and
 * the announced length were found right.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">AWS, Chunked
 *     upload</a>
 */
public final class ChunkedBody implements RequestBody {
  private final RequestBody raw;
  private final long decodedLength;
  private final ChunkVerifier verifier;
  private final TrailerRules trailerRules;
  private Headers trailers = Headers.NONE;

  /**
   * Wraps a raw body.
   *
   * @param decodedLength value of {@code x-amz-decoded-content-length}
   * @param verifier checks signatures
   * @param trailerRules which trailer must follow
   */
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
}
