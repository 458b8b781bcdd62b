package dev.lakebed.auth.payload;

import dev.lakebed.http.BodyMemory;
import dev.lakebed.http.Headers;
import dev.lakebed.http.RequestBody;
import java.io.IOException;
import java.io.InputStream;
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
}
