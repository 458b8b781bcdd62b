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
public record DigestBody(RequestBody raw, String expected) implements RequestBody {
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
    return new DigestStream(raw.open());
  }

  @Override
  public Headers trailers() {
    return raw.trailers();
  }

  private final class DigestStream extends VerifiedStream {
    private final InputStream in;
    private final MessageDigest digest = Sha256.start();
    private long passed;

    DigestStream(InputStream in) {
      this.in = in;
    }

    @Override
    protected int next(byte[] target, int offset, int length) throws IOException {
      int count = in.read(target, offset, length);
      if (count < 0) {
        compare();
      } else {
        digest.update(target, offset, count);
        passed += count;
      }
      return count;
    }

    private void compare() throws PayloadException {
      if (passed < raw.length().orElse(-1)) {
        throw PayloadException.Reason.INCOMPLETE.because(
            "You did not provide the number of bytes specified by the Content-Length HTTP header.");
      }
      if (!HexFormat.of().formatHex(digest.digest()).equalsIgnoreCase(expected)) {
        throw PayloadException.Reason.SHA256_MISMATCH.because(
            "The provided 'x-amz-content-sha256' header does not match what was computed.");
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
