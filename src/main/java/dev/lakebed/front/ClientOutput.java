package dev.lakebed.front;

import dev.lakebed.front.ClientBody.ClientInput.Pace;
import dev.lakebed.front.HttpExchange.ClientGoneException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongSupplier;

/**
 * The way to the client; a failure here is told from one of what is written. A client that takes
 * next to nothing is given up like one that is gone.
 */
public final class ClientOutput extends OutputStream {
  private final OutputStream out;
  private final Pace pace;

  public ClientOutput(OutputStream out, LongSupplier nanos) {
    this.out = out;
    this.pace = new Pace(nanos);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    pace.begin();
    try {
      out.write(bytes, from, length);
    } catch (IOException gone) {
      throw new ClientGoneException(gone);
    }
    pace.end(length);
    if (pace.isTooSlow()) {
      throw new ClientGoneException(new IOException("the client takes the answer too slowly"));
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
