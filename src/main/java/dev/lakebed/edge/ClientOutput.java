package dev.lakebed.edge;

import java.io.IOException;
import java.io.OutputStream;

/** The way to the client; a failure here is told from one of what is written. */
final class ClientOutput extends OutputStream {
  private final OutputStream out;

  ClientOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    try {
      out.write(b);
    } catch (IOException gone) {
      throw new ClientGoneException(gone);
    }
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException gone) {
      throw new ClientGoneException(gone);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException gone) {
      throw new ClientGoneException(gone);
    }
  }
}
