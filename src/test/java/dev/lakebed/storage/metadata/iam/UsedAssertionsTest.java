package dev.lakebed.storage.metadata.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.metadata.TestStores;
import dev.lakebed.storage.metadata.store.MetadataStore;
import dev.lakebed.support.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Used assertions by the contract of {@link UsedAssertions}, over both set-ups. */
class UsedAssertionsTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private enum SetUp {
    EMBEDDED,
    EXTERNAL;

    UsedAssertions open() {
      MetadataStore store =
          switch (this) {
            case EMBEDDED -> TestStores.embedded();
            case EXTERNAL -> TestStores.external();
          };
      return store.usedAssertions();
    }
  }

  private static String fresh() {
    return "arn:aws:iam::000000000000:saml-provider/corp " + UUID.randomUUID();
  }

  @ParameterizedTest
  @EnumSource
  @Evidence("attack-21")
  void an_assertion_is_used_once_on_all_nodes(SetUp setUp) {
    String id = fresh();
    assertThat(setUp.open().add(id, NOON)).isTrue();
    assertThat(setUp.open().add(id, NOON)).isFalse();
    assertThat(setUp.open().add(id + "x".repeat(100_000), NOON)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  @Evidence("attack-21")
  void of_many_at_once_one_wins(SetUp setUp) throws Exception {
    String id = fresh();
    try (ExecutorService nodes = Executors.newFixedThreadPool(4)) {
      Callable<Boolean> use = () -> setUp.open().add(id, NOON);
      List<Callable<Boolean>> uses = Stream.generate(() -> use).limit(16).toList();
      int won = 0;
      for (Future<Boolean> done : nodes.invokeAll(uses)) {
        won += done.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
  }

  /** Clocks of nodes may be apart, so what is too old here is kept for an hour. */
  @ParameterizedTest
  @EnumSource
  void what_is_too_old_on_every_node_is_forgotten(SetUp setUp) {
    UsedAssertions used = setUp.open();
    List<String> ids = IntStream.range(0, 1001).mapToObj(i -> fresh()).toList();
    ids.forEach(id -> used.add(id, NOON));
    used.forgetBefore(NOON.plus(Duration.ofHours(1)));
    assertThat(used.add(ids.getFirst(), NOON)).isFalse();
    used.forgetBefore(NOON.plus(Duration.ofHours(1)).plusMillis(1));
    assertThat(ids).allMatch(id -> used.add(id, NOON));
    used.forgetBefore(NOON.plus(Duration.ofHours(2)));
  }
}
