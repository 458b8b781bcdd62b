package dev.lakebed.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A blocking TCP connection with its buffers. */
record Connection(SocketChannel channel, ReplyReader reader, ByteBuffer out) implements Closeable {

  static Connection open(InetSocketAddress address, ByteBuffer in, ByteBuffer out)
      throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return new Connection(channel, new ReplyReader(channel, in), out);
  }

  /**
   * Sends head and body in as few writes as the socket takes. When the server stops reading, the
   * failure is left to the reader: the server may have answered before it hung up.
   */
  void send(byte[] head, ByteBuffer body) throws IOException {
    out.clear().put(head).flip();
    ByteBuffer[] pieces = {out, body};
    try {
      while (out.hasRemaining() || body.hasRemaining()) {
        channel.write(pieces);
      }
    } catch (IOException e) {
      if (out.hasRemaining() || !channel.isOpen()) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
