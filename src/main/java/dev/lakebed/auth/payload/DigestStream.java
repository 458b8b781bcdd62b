package dev.lakebed.auth.payload;

import dev.lakebed.auth.PayloadException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Hashes what passes and compares before it reports end of file. */
final class DigestStream extends VerifiedStream {
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
