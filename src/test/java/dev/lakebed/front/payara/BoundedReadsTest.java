package dev.lakebed.front.payara;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.front.limit.ConnectionShares;
import dev.lakebed.front.limit.Shares;
import dev.lakebed.front.limit.Tarpit;
import java.io.IOException;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.nio.DirectByteBufferRecord;
import org.junit.jupiter.api.Test;

class BoundedReadsTest {
  private static final int LONG_ANSWER = 200_000;
  private static final int BODY = 100_000;

  /** Sees what is read, and leaves each thread the buffer that a long answer leaves it. */
  private static final class Reads extends BaseFilter {
    private final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();

    @Override
    public NextAction handleRead(FilterChainContext context) {
      Buffer read = context.getMessage();
      sizes.add(read.remaining());
      DirectByteBufferRecord.get().allocate(LONG_ANSWER);
      return context.getInvokeAction();
    }
  }

  @Test
  void a_read_takes_what_its_connection_may_hold_whatever_the_thread_has_sent_before()
      throws IOException {
    Reads reads = new Reads();
    ConnectionShares shares =
        new ConnectionShares(
            Shares.ofPercent(1000, 100),
            Shares.ofPercent(1 << 20, 100),
            new Tarpit(System::nanoTime),
            address -> false);
    String upload =
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + BODY + "\r\n\r\n" + "a".repeat(BODY);
    try (LocalListener listener =
        new LocalListener(shares, new Deadlines(System::nanoTime), reads)) {
      for (int i = 0; i < 100; i++) {
        try (Socket socket = listener.connect("127.0.0.1")) {
          LocalListener.send(socket, i < 50 ? LocalListener.REQUEST : upload);
          assertThat(socket.getInputStream().read()).isPositive();
        }
      }
    }
    assertThat(reads.sizes).allMatch(size -> size <= StrictHeads.HEAD_READ_BYTES);
  }
}
