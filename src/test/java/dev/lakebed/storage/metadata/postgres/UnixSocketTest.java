package dev.lakebed.storage.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As {@link Socket} promises, which the JDBC driver relies on. */
class UnixSocketTest {
  private static final int MORE_THAN_BUFFERED = 4 << 20;

  private final ExecutorService threads = Executors.newSingleThreadExecutor();
  private ServerSocketChannel server;
  private Socket socket;
  private SocketChannel other;

  @BeforeEach
  void connect(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("socket");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    socket = new UnixSocketFactory(path.toString()).createSocket();
    other = server.accept();
  }

  @AfterEach
  void close() throws IOException {
    threads.close();
    other.close();
    socket.close();
    server.close();
  }

  @Test
  void read_ends_with_a_timeout_and_can_be_repeated() throws IOException {
    socket.setSoTimeout(1);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    other.write(ByteBuffer.wrap(new byte[] {5}));
    assertThat(socket.getInputStream().read()).isEqualTo(5);
  }

  @Test
  void interrupt_neither_ends_a_read_nor_closes_the_socket() throws Exception {
    Future<Boolean> read =
        threads.submit(
            () -> {
              Thread.currentThread().interrupt();
              int first = socket.getInputStream().read();
              return first == 7 && Thread.interrupted();
            });
    other.write(ByteBuffer.wrap(new byte[] {7}));
    assertThat(read.get()).isTrue();
    assertThat(socket.isClosed()).isFalse();
  }

  @Test
  void write_of_more_than_the_kernel_buffers_waits_for_the_reader() throws Exception {
    byte[] sent = new byte[MORE_THAN_BUFFERED];
    sent[MORE_THAN_BUFFERED - 1] = 9;
    Future<byte[]> received =
        threads.submit(() -> Channels.newInputStream(other).readNBytes(MORE_THAN_BUFFERED));
    socket.getOutputStream().write(sent);
    assertThat(received.get()).isEqualTo(sent);
  }

  @Test
  void close_by_another_thread_ends_a_read() throws Exception {
    Future<Integer> read = threads.submit(() -> socket.getInputStream().read());
    socket.close();
    assertThatThrownBy(read::get).cause().isInstanceOf(IOException.class);
    assertThat(socket.isClosed()).isTrue();
    assertThatThrownBy(() -> socket.getOutputStream().write(1)).isInstanceOf(IOException.class);
  }

  @Test
  void end_of_the_other_side_is_end_of_file() throws IOException {
    other.close();
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void missing_server_is_refused(@TempDir Path empty) {
    assertThatThrownBy(() -> new UnixSocketFactory(empty.resolve("none").toString()).createSocket())
        .isInstanceOf(SocketException.class);
  }
}
