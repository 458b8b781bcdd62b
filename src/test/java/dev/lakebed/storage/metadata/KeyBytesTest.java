package dev.lakebed.storage.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Bounds of byte ranges; the lock's number is pinned because all nodes must agree on it. */
class KeyBytesTest {
  @Property
  void everything_with_a_prefix_lies_below_its_upper_bound(
      @ForAll byte[] prefix, @ForAll byte[] rest) {
    byte[] key = Arrays.copyOf(prefix, prefix.length + rest.length);
    System.arraycopy(rest, 0, key, prefix.length, rest.length);
    byte[] bound = KeyBytes.afterAll(prefix);
    if (!isUnbounded(prefix)) {
      assertThat(Arrays.compareUnsigned(key, bound)).isNegative();
      assertThat(Arrays.compareUnsigned(prefix, bound)).isNegative();
    }
  }

  @Property
  void nothing_lies_between_a_key_and_the_next(@ForAll byte[] key) {
    byte[] next = KeyBytes.after(key);
    assertThat(Arrays.compareUnsigned(key, next)).isNegative();
    assertThat(next).hasSize(key.length + 1).endsWith(0);
  }

  @Test
  void an_upper_bound_carries_over_full_bytes() {
    assertThat(KeyBytes.afterAll(new byte[] {1, (byte) 0xff, (byte) 0xff})).containsExactly(2);
    assertThat(KeyBytes.afterAll(new byte[0])).containsExactly(0xff);
  }

  @Test
  void the_number_of_a_keys_lock_never_changes() {
    assertThat(AdvisoryLocks.ofKey(1, KeyBytes.of("a"))).isEqualTo(LOCK_OF_1_A);
  }

  // FNV-1a 64 of 01 00 00 00 00 00 00 00 61, computed apart from this code.
  private static final long LOCK_OF_1_A = 0x529a4ddc8ff56bbfL;

  private static boolean isUnbounded(byte[] prefix) {
    for (byte octet : prefix) {
      if (octet != (byte) 0xff) {
        return false;
      }
    }
    return true;
  }
}
