package dev.lakebed.auth.payload;

import dev.lakebed.http.RequestBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

public final class MemoryBody implements RequestBody {
  private final byte[] bytes;

  private MemoryBody(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads a whole body of at most {@code limit} bytes; refuses one shorter than announced. */
  public static MemoryBody read(RequestBody body, int limit) throws IOException {
    long announced = body.length().orElse(-1);
    if (announced > limit) {
      throw tooLarge(limit);
    }
    if (body instanceof MemoryBody known) {
      return known;
    }
    if (announced == 0) {
      return new MemoryBody(new byte[0]);
    }
    int most = announced < 0 ? limit : (int) announced;
    try (InputStream in = body.memory().metered(body.open())) {
      byte[] bytes = in.readNBytes(most);
      if (bytes.length == most && in.read() >= 0) {
        throw tooLarge(most);
      }
      if (bytes.length < announced) {
        throw PayloadException.Reason.INCOMPLETE.because(
            "The body ended before its announced length.");
      }
      return new MemoryBody(bytes);
    }
  }

  private static PayloadException tooLarge(int limit) {
    return PayloadException.Reason.TOO_LARGE.because(
        "The body is larger than " + limit + " bytes.");
  }

  /** SHA-256 of the bytes in lower-case hexadecimal digits. */
  public String sha256() {
    return bytes.length == 0 ? Sha256.EMPTY : Sha256.hexOf(bytes);
  }

  /** The bytes as characters of the same numbers. */
  public String latin1() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.of(bytes.length);
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }
}
