package dev.lakebed.storage.checksum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackgroundChecksumTest {
  private static byte[] random(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Feeds the bytes through one buffer that is overwritten at once, as a body is read. */
  private static byte[] digest(byte[] bytes, int bufferSize) {
    Checksum checksum = BackgroundChecksum.of(ChecksumAlgorithm.MD5.newChecksum());
    byte[] buffer = new byte[bufferSize + 3];
    for (int at = 0; at < bytes.length; at += bufferSize) {
      int size = Math.min(bufferSize, bytes.length - at);
      System.arraycopy(bytes, at, buffer, 3, size);
      checksum.update(buffer, 3, size);
      Arrays.fill(buffer, (byte) -1);
    }
    return checksum.digest();
  }

  private static byte[] expected(byte[] bytes) {
    Checksum checksum = ChecksumAlgorithm.MD5.newChecksum();
    checksum.update(bytes, 0, bytes.length);
    return checksum.digest();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 64 * 1024, 64 * 1024 + 1, 300_000})
  void value_is_that_of_the_bytes_in_their_order(int bufferSize) {
    byte[] bytes = random(bufferSize, bufferSize * 17 + 5);
    assertThat(digest(bytes, bufferSize)).isEqualTo(expected(bytes));
  }

  @Test
  void nothing_at_all_has_a_value_too() {
    assertThat(digest(new byte[0], 10)).isEqualTo(expected(new byte[0]));
  }

  @Test
  void core_is_free_again_after_value_or_close() {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1);
    for (int i = 0; i < 1000; i++) {
      Checksum checksum = BackgroundChecksum.of(ChecksumAlgorithm.MD5.newChecksum());
      assertThat(checksum).isInstanceOf(BackgroundChecksum.class);
      checksum.update(new byte[10], 0, 10);
      if (i % 2 == 0) {
        checksum.digest();
      }
      checksum.close();
      checksum.close();
    }
  }

  /** More than there are cores: most are computed by the callers themselves. */
  @Test
  void many_at_once_do_not_mix() throws Exception {
    List<Callable<Boolean>> uploads = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      byte[] bytes = random(i, 3_000_000 + i);
      uploads.add(() -> Arrays.equals(digest(bytes, 50_000), expected(bytes)));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (Future<Boolean> same : threads.invokeAll(uploads)) {
        assertThat(same.get()).isTrue();
      }
    }
  }
}
