package dev.lakebed.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.bench.Decisions.Case;
import dev.lakebed.policy.Decision;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured is what the names say; quotas are those of the IAM user guide. */
class DecisionsTest {
  private static final int POLICY_QUOTA = 6144;

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100})
  void every_case_gets_the_answer_that_its_name_says(int policies) {
    Map<String, Case> cases = Decisions.with(policies);
    assertThat(cases).hasSize(4);
    cases.values().forEach(Case::decide);
  }

  @Test
  void stars_are_decided() {
    Decisions.stars().values().forEach(Case::decide);
  }

  @Test
  void wrong_answer_stops_the_measurement() {
    Case right = Decisions.with(1).values().iterator().next();
    Case wrong = new Case(right.principal(), right.permission(), Decision.ExplicitDeny.class);
    assertThatThrownBy(wrong::decide).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void documents_keep_to_the_quota_and_only_the_last_is_about_the_bucket() {
    assertThat(TeamPolicies.documents(100, "bucket"))
        .hasSize(100)
        .doesNotHaveDuplicates()
        .allMatch(document -> document.length() <= POLICY_QUOTA)
        .filteredOn(document -> document.contains(":::bucket/"))
        .hasSize(1);
  }

  @Test
  void cost_is_ordered_and_counts_what_is_allocated() {
    AtomicLong runs = new AtomicLong();
    byte[][] kept = new byte[1][];
    DecisionCost cost =
        DecisionCost.measure(
            () -> {
              runs.incrementAndGet();
              kept[0] = new byte[10_000];
            },
            Duration.ofMillis(20),
            Duration.ofMillis(20));
    assertThat(runs.get()).isPositive();
    assertThat(cost.least()).isPositive().isLessThanOrEqualTo(cost.median());
    assertThat(cost.median()).isLessThanOrEqualTo(cost.p99());
    assertThat(cost.bytes()).isBetween(10_000L, 20_000L);
  }
}
