package dev.lakebed.front.payara;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.threadpool.DefaultWorkerThread;

/**
 * The threads that requests run on. An idle one is handed the request, else a new one starts, up to
 * a limit; above it requests wait their turn. Grizzly's own pool of a changing size wakes threads
 * through one lock, behind which its selector then waits as well: with a few hundred connections
 * everybody's answer takes tenths of a second, whatever the processors do.
 */
final class RequestThreads extends LinkedTransferQueue<Runnable> {
  private static final long serialVersionUID = 1;
  private static final int IDLE_SECONDS = 60;

  private RequestThreads() {}

  /** Starts no thread yet. */
  static ThreadPoolExecutor upTo(int most, String name) {
    AtomicLong number = new AtomicLong();
    RequestThreads queue = new RequestThreads();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            1,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            queue,
            work -> thread(name + "-" + number.incrementAndGet(), work),
            queue::keep);
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** Only when a thread waits for it: the executor starts another one otherwise. */
  @Override
  public boolean offer(Runnable work) {
    return tryTransfer(work);
  }

  private void keep(Runnable work, ThreadPoolExecutor threads) {
    if (threads.isShutdown()) {
      throw new RejectedExecutionException("the server stops");
    }
    super.offer(work);
  }

  /** Without Grizzly's 64 KiB of buffers for each thread, of which a part holds the whole. */
  private static Thread thread(String name, Runnable work) {
    Thread thread = new DefaultWorkerThread(Grizzly.DEFAULT_ATTRIBUTE_BUILDER, name, null, work);
    thread.setDaemon(true);
    return thread;
  }
}
