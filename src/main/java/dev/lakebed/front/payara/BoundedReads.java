package dev.lakebed.front.payara;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;

/**
 * Reads no more at once than a connection's read buffer may hold. The server reads into a buffer of
 * the thread, all of it, which is as long as the longest piece that the thread ever sent or read:
 * behind a few long answers each connection that waits would hold 128 KiB.
 */
final class BoundedReads extends TransportFilter {
  private static final ThreadLocal<ByteBuffer> OF_THREAD =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(StrictHeads.HEAD_READ_BYTES));

  @Override
  public NextAction handleRead(FilterChainContext context) throws IOException {
    if (context.getTransportContext().isBlocking()) {
      return super.handleRead(context); // takes a buffer of the right size
    }
    Connection<?> connection = context.getConnection();
    MemoryManager<?> memory = connection.getMemoryManager();
    ByteBuffer bytes = OF_THREAD.get().clear();
    bytes.limit(Math.min(bytes.capacity(), connection.getReadBufferSize()));
    context.setMessage(Buffers.wrap(memory, bytes));
    NextAction next = super.handleRead(context);
    Buffer read = context.getMessage();
    if (next != context.getInvokeAction()) {
      context.setMessage(null); // nothing came; what the thread read before is nobody's
      return next;
    }
    Buffer kept = memory.allocate(read.remaining());
    kept.put(read);
    kept.flip();
    context.setMessage(kept);
    return next;
  }
}
