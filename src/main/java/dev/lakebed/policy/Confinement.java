package dev.lakebed.policy;

import dev.lakebed.policy.ValueTest.Outcome;
import java.util.List;
import java.util.Set;

/**
 * Which conditions confine a grant to everyone to a fixed circle, so that it is not public: those
 * that no request without credentials fulfils, wherever it comes from. What anybody can write into
 * a header confines nobody, so a key of KMS does not count, other than on AWS, where it takes
 * credentials to use one.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status">The
 *     meaning of "public" in S3</a>
 */
final class Confinement {
  private static final String SOURCE_IP = "aws:sourceip";
  private static final Set<String> KEYS =
      Set.of(
          "aws:principalarn",
          "aws:principalaccount",
          "aws:principalorgid",
          "aws:principalorgpaths",
          "aws:sourcearn",
          "aws:sourcevpc",
          "aws:sourcevpce",
          "aws:sourceowner",
          "aws:sourceaccount",
          "aws:userid",
          "s3:dataaccesspointarn",
          "s3:dataaccesspointaccount");
  private static final int WIDEST_IPV4 = 8;
  private static final int WIDEST_IPV6 = 32;
  private static final int IPV4_BITS = 32;

  private Confinement() {}

  /** Whether it does, when it does not hold without the key; {@code test} tells of values. */
  static boolean confines(Operator operator, String key, List<Node.Text> values, ValueTest test) {
    return switch (operator) {
      case STRING_EQUALS, STRING_EQUALS_IGNORE_CASE, STRING_LIKE, ARN_EQUALS, ARN_LIKE ->
          KEYS.contains(key)
              && values.stream().allMatch(Confinement::isFixed)
              && Keys.ANONYMOUS.values(key).stream()
                  .noneMatch(value -> test.test(value, Keys.ANONYMOUS) == Outcome.MATCH);
      case IP_ADDRESS -> key.equals(SOURCE_IP) && values.stream().allMatch(Confinement::isNarrow);
      default -> false;
    };
  }

  private static boolean isFixed(Node.Text value) {
    String text = value.value();
    return text.indexOf('*') < 0 && text.indexOf('?') < 0 && !text.contains("${");
  }

  private static boolean isNarrow(Node.Text value) {
    return AddressRange.of(value.value())
        .map(range -> range.prefix() >= (range.bits() == IPV4_BITS ? WIDEST_IPV4 : WIDEST_IPV6))
        .orElse(false);
  }
}
