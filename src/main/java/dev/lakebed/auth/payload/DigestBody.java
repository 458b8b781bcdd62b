package dev.lakebed.auth.payload;

import dev.lakebed.http.Headers;
import dev.lakebed.http.RequestBody;
import dev.lakebed.http.RequestBody.BodyMemory;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.OptionalLong;

/** A body whose SHA-256 was sent ahead of it; its stream refuses end of file when it differs. */
public final class DigestBody implements RequestBody {
  private final RequestBody raw;
  private final String expected;

  /**
   * Wraps a raw body.
   *
   * @param expected SHA-256 in hexadecimal digits of either case
   */
  public DigestBody(RequestBody raw, String expected) {
    this.raw = raw;
    this.expected = expected;
  }

  @Override
  public OptionalLong length() {
    return raw.length();
  }

  @Override
  public BodyMemory memory() {
    return raw.memory();
  }

  @Override
  public InputStream open() throws IOException {
    return new DigestStream(raw.open(), expected, raw.length().orElse(-1));
  }

  @Override
  public Headers trailers() {
    return raw.trailers();
  }

  /** Hashes what passes and compares before it reports end of file. */
  static final class DigestStream extends VerifiedStream {
    private final InputStream raw;
    private final String expected;
    private final long announced;
    private final MessageDigest digest = Sha256.start();
    private long passed;

    DigestStream(InputStream raw, String expected, long announced) {
      this.raw = raw;
      this.expected = expected;
      this.announced = announced;
    }

    @Override
    protected int next(byte[] target, int offset, int length) throws IOException {
      int count = raw.read(target, offset, length);
      if (count > 0) {
        digest.update(target, offset, count);
        passed += count;
        return count;
      }
      if (count < 0) {
        compare();
      }
      return count;
    }

    private void compare() throws PayloadException {
      if (passed < announced) {
        throw new PayloadException(
            PayloadException.Reason.INCOMPLETE,
            "You did not provide the number of bytes specified by the Content-Length HTTP header.");
      }
      if (!HexFormat.of().formatHex(digest.digest()).equalsIgnoreCase(expected)) {
        throw new PayloadException(
            PayloadException.Reason.SHA256_MISMATCH,
            "The provided 'x-amz-content-sha256' header does not match what was computed.");
      }
    }

    @Override
    public void close() throws IOException {
      raw.close();
    }
  }
}
