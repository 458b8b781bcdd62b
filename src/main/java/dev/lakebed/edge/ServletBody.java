package dev.lakebed.edge;

import dev.lakebed.wire.Headers;
import dev.lakebed.wire.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * The body as the server delivers it.
 *
 * @param length announced length; empty when the body is chunked
 * @param source where to read it
 */
record ServletBody(OptionalLong length, Source source) implements RequestBody {
  /** Gives the stream when it is first asked for. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  @Override
  public InputStream open() throws IOException {
    return source.open();
  }

  @Override
  public Headers trailers() {
    return Headers.NONE;
  }
}
