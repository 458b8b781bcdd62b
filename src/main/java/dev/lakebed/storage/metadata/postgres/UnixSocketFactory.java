package dev.lakebed.storage.metadata.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import javax.net.SocketFactory;

/**
 * Connects to a Unix-domain socket whatever host and port are asked for. The JDBC driver makes one
 * by name, for {@code socketFactory} and {@code socketFactoryArg}.
 */
public final class UnixSocketFactory extends SocketFactory {
  private final UnixDomainSocketAddress address;

  /** For the socket with this path. */
  public UnixSocketFactory(String path) {
    address = UnixDomainSocketAddress.of(path);
  }

  /** A socket that is connected already. */
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
}
