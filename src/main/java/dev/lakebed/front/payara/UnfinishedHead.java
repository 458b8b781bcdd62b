package dev.lakebed.front.payara;

import dev.lakebed.front.limit.Shares;
import java.util.Arrays;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;

/**
 * The head of a request of which a part has come. What has come is kept in an array of its own,
 * which counts against what the client may hold: the buffers of the server are several times as
 * large as the bytes in them.
 */
final class UnfinishedHead {
  /** As the server's codec bounds it too. */
  static final int MOST_BYTES = 65_536;

  private static final int FIRST_BYTES = 1024;

  private final HeadScan scan = new HeadScan();
  private final Shares memory;
  private final String holder;
  private byte[] bytes = {};
  private int length;
  private boolean released;

  UnfinishedHead(Shares memory, String holder) {
    this.memory = memory;
    this.holder = holder;
  }

  /** Looks at what came next, up to the end of the head. */
  HeadScan.Verdict scan(Buffer input) {
    for (int at = input.position(); at < input.limit(); at++) {
      HeadScan.Verdict verdict = scan.next(input.get(at));
      if (verdict != HeadScan.Verdict.MORE) {
        return verdict;
      }
    }
    return length + input.remaining() > MOST_BYTES ? HeadScan.Verdict.BAD : HeadScan.Verdict.MORE;
  }

  /** Takes what came over; false when the client or all together hold too much already. */
  synchronized boolean keep(Buffer input) {
    if (released) {
      return false;
    }
    int more = input.remaining();
    if (length + more > bytes.length) {
      int room = Math.max(FIRST_BYTES, Math.max(length + more, 2 * bytes.length));
      if (!memory.take(holder, room - bytes.length)) {
        return false;
      }
      bytes = Arrays.copyOf(bytes, room);
    }
    input.get(bytes, length, more);
    length += more;
    input.tryDispose();
    return true;
  }

  /** All that has come, in one piece, and gives the memory back. */
  synchronized Buffer followedBy(Buffer input, MemoryManager<?> buffers) {
    if (length == 0) {
      return input;
    }
    byte[] whole = Arrays.copyOf(bytes, length + input.remaining());
    input.get(whole, length, input.remaining());
    input.tryDispose();
    release();
    return Buffers.wrap(buffers, whole);
  }

  /** The connection is closed, or the head complete. */
  synchronized void release() {
    if (!released && bytes.length > 0) {
      memory.give(holder, bytes.length);
      bytes = new byte[0];
    }
    released = true;
  }
}
