package dev.lakebed.front.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharesTest {
  private final Shares shares = new Shares(10, 4);

  @Test
  void one_holder_gets_its_part_and_no_more() {
    assertThat(shares.take("a", 4)).isTrue();
    assertThat(shares.take("a", 1)).isFalse();
    assertThat(shares.take("b", 4)).isTrue();
    assertThat(shares.taken()).isEqualTo(8);
  }

  @Test
  void all_together_get_the_whole_and_no_more() {
    assertThat(shares.take("a", 4)).isTrue();
    assertThat(shares.take("b", 4)).isTrue();
    assertThat(shares.take("c", 3)).isFalse();
    assertThat(shares.take("c", 2)).isTrue();
    assertThat(shares.taken()).isEqualTo(10);
  }

  @Test
  void what_is_given_back_can_be_taken_again() {
    for (int i = 0; i < 1000; i++) {
      assertThat(shares.take("a", 4)).isTrue();
      shares.give("a", 3);
      shares.give("a", 1);
    }
    assertThat(shares.taken()).isZero();
  }

  @Test
  void a_proxy_for_many_is_bounded_by_the_whole_only() {
    assertThat(shares.take(Shares.NOBODY, 10)).isTrue();
    assertThat(shares.take(Shares.NOBODY, 1)).isFalse();
    shares.give(Shares.NOBODY, 10);
    assertThat(shares.take("a", 4)).isTrue();
  }

  @Test
  void what_one_asks_for_in_vain_is_at_no_moment_missing_to_another() {
    Thread greedy =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!Thread.interrupted()) {
                    shares.take("a", 9);
                  }
                });
    try {
      for (int i = 0; i < 100_000; i++) {
        assertThat(shares.take("b", 4)).isTrue();
        shares.give("b", 4);
      }
    } finally {
      greedy.interrupt();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:db8:1:2::1, 20010db800010002",
    "2001:db8:1:2:ffff::9, 20010db800010002",
    "fe80::1%1, fe80000000000000",
    "::ffff:192.0.2.1, 192.0.2.1",
    "unknown, unknown"
  })
  void an_address_counts_for_its_network(String address, String network) {
    assertThat(ConnectionShares.network(address)).isEqualTo(network);
  }
}
