package dev.lakebed.storage.metadata.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a Unix-domain socket whatever host and port are asked for. The JDBC driver makes one
 * by name, for {@code socketFactory} and {@code socketFactoryArg}.
 */
public final class UnixSocketFactory extends SocketFactory {
  private final UnixDomainSocketAddress address;

  public UnixSocketFactory(String path) {
    address = UnixDomainSocketAddress.of(path);
  }

  @Override
  public Socket createSocket() throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    try {
      return new UnixSocket(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw elsewhere(host);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    throw elsewhere(host);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw elsewhere(host.toString());
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localAddress, int localPort)
      throws IOException {
    throw elsewhere(host.toString());
  }

  private IOException elsewhere(String host) {
    return new UnknownHostException(host + " is not behind " + address);
  }

  /**
   * A connected Unix-domain socket as the {@link Socket} that a JDBC driver wants. As with any
   * other socket reads obey {@link #setSoTimeout}, and an interrupt neither ends a read nor closes
   * the socket: the channel never blocks, and waiting is the selector's.
   */
  static final class UnixSocket extends Socket {
    private static final @Nullable SocketImpl NONE = null;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private volatile int timeoutMillis;

    UnixSocket(SocketChannel connected) throws IOException {
      super(NONE);
      channel = connected;
      channel.configureBlocking(false);
      selector = Selector.open();
      key = channel.register(selector, SelectionKey.OP_READ);
    }

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public boolean isClosed() {
      return !channel.isOpen();
    }

    @Override
    public void setSoTimeout(int timeout) {
      timeoutMillis = timeout;
    }

    @Override
    public int getSoTimeout() {
      return timeoutMillis;
    }

    /** There is no Nagle's algorithm here. */
    @Override
    public void setTcpNoDelay(boolean on) {}

    /** The kernel tells when the other side is gone. */
    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public void close() throws IOException {
      channel.close();
      selector.close();
    }

    @Override
    public InputStream getInputStream() {
      return new Input();
    }

    @Override
    public OutputStream getOutputStream() {
      return new Output();
    }

    private void await(int operation, int limitMillis) throws IOException {
      long began = System.nanoTime();
      boolean interrupted = false;
      try {
        key.interestOps(operation);
        long left = limitMillis;
        while (selector.select(left) == 0) {
          interrupted |= Thread.interrupted();
          if (isClosed()) {
            throw new SocketException("socket closed");
          }
          if (limitMillis > 0) {
            left = limitMillis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            if (left <= 0) {
              throw new SocketTimeoutException("nothing came within " + limitMillis + " ms");
            }
          }
        }
        selector.selectedKeys().clear();
      } catch (ClosedSelectorException | CancelledKeyException e) {
        throw (IOException) new SocketException("socket closed").initCause(e);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private final class Input extends InputStream {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
        int count = channel.read(buffer);
        while (count == 0 && length > 0) {
          await(SelectionKey.OP_READ, timeoutMillis);
          count = channel.read(buffer);
        }
        return count;
      }

      @Override
      public void close() throws IOException {
        UnixSocket.this.close();
      }
    }

    private final class Output extends OutputStream {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] source, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(source, offset, length);
        while (buffer.hasRemaining()) {
          if (channel.write(buffer) == 0) {
            await(SelectionKey.OP_WRITE, 0);
          }
        }
      }

      @Override
      public void close() throws IOException {
        UnixSocket.this.close();
      }
    }
  }
}
