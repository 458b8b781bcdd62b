package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.policy.Policy.Kind;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever may write policies may write many: kept ones take little more than their texts. */
class PolicyMemoryTest {
  private static final int POLICIES = 1_000;

  /** As large as a bucket policy may be, of many short patterns. */
  private static String document(int number) {
    String patterns =
        IntStream.range(0, 9).mapToObj(i -> "\"*" + i + "?a*\"").collect(Collectors.joining(","));
    return IntStream.range(0, 83)
        .mapToObj(
            statement ->
                ("{\"Sid\":\"s%dx%d\",\"Effect\":\"Allow\",\"Principal\":\"*\","
                        + "\"Action\":\"s3:Get*\",\"Resource\":\"arn:aws:s3:::b/*\","
                        + "\"Condition\":{\"StringLike\":{\"aws:userid\":[%s]}}}")
                    .formatted(number, statement, patterns))
        .collect(Collectors.joining(",", "{\"Version\":\"2012-10-17\",\"Statement\":[", "]}"));
  }

  private static long used() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void a_thousand_kept_policies_take_their_texts_and_a_bounded_cache() {
    long before = used();
    List<Policy> kept =
        IntStream.range(0, POLICIES)
            .mapToObj(i -> Policy.parse("p" + i, document(i), Kind.RESOURCE))
            .toList();
    long texts = kept.stream().mapToLong(Policy::length).sum();
    assertThat(used() - before).isLessThan(2 * texts + Runtime.getRuntime().maxMemory() / 8);
  }

  @Test
  void a_policy_that_was_forgotten_is_compiled_again() {
    Policy policy = Policy.parse("p", document(POLICIES), Kind.RESOURCE);
    for (int i = 0; i < POLICIES; i++) {
      Policy.parse("other", document(i), Kind.RESOURCE);
    }
    System.gc();
    assertThat(policy.contextKeys()).containsExactly("aws:userid");
    assertThat(policy.canAllow("s3:GetObject", Question.Subject.ANONYMOUS)).isTrue();
  }
}
