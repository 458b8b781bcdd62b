package dev.lakebed.front.payara;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestThreadsTest {
  @Test
  void requests_above_the_limit_wait_and_none_is_lost() throws Exception {
    ThreadPoolExecutor threads = RequestThreads.upTo(2, "test");
    CountDownLatch hold = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(5);
    for (int i = 0; i < 5; i++) {
      threads.execute(
          () -> {
            try {
              hold.await();
            } catch (InterruptedException interrupted) {
              Thread.currentThread().interrupt();
            }
            done.countDown();
          });
    }
    assertThat(threads.getPoolSize()).isEqualTo(2);
    hold.countDown();
    assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
    threads.shutdown();
  }

  @Test
  void a_request_starts_a_thread_of_its_own_while_the_others_are_at_work() throws Exception {
    ThreadPoolExecutor threads = RequestThreads.upTo(8, "test");
    CountDownLatch all = new CountDownLatch(8);
    for (int i = 0; i < 8; i++) {
      threads.execute(
          () -> {
            all.countDown();
            try {
              all.await();
            } catch (InterruptedException interrupted) {
              Thread.currentThread().interrupt();
            }
          });
    }
    assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
    threads.shutdown();
  }
}
