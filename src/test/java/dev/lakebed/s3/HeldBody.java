package dev.lakebed.s3;

import dev.lakebed.http.Headers;
import dev.lakebed.http.RequestBody;
import dev.lakebed.kit.TestBody;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;

/** A body whose last byte waits until the test lets it go. */
final class HeldBody implements RequestBody {
  private final TestBody whole;
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  HeldBody(String text) {
    whole = TestBody.of(text.getBytes(StandardCharsets.UTF_8));
  }

  void awaitLastByte() throws InterruptedException {
    reached.await();
  }

  void release() {
    released.countDown();
  }

  @Override
  public OptionalLong length() {
    return whole.length();
  }

  @Override
  public Headers trailers() {
    return whole.trailers();
  }

  @Override
  public InputStream open() {
    return new FilterInputStream(whole.open()) {
      private int left = whole.bytes().length;

      @Override
      public int read(byte[] buffer, int offset, int count) throws IOException {
        if (left == 1) {
          hold();
        }
        int n = super.read(buffer, offset, left > 1 ? Math.min(count, left - 1) : count);
        left -= Math.max(n, 0);
        return n;
      }
    };
  }

  private void hold() throws IOException {
    reached.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
