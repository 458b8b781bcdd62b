package dev.lakebed.iam.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Go writes them ({@code 12h}, {@code 1h30m}, {@code 3600s}), or a whole number of
 * nanoseconds.
 *
 * @see <a href="https://pkg.go.dev/time#ParseDuration">Go, time.ParseDuration</a>
 */
final class Durations {
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(h|m(?!s)|s|ms)");

  private Durations() {}

  static Optional<Duration> parse(Element element) {
    if (element.node() instanceof JsonNode.Numeral) {
      return element.number().map(Duration::ofNanos);
    }
    Optional<Duration> parsed =
        element.node() instanceof JsonNode.Text text ? text(text.value()) : Optional.empty();
    return parsed.isPresent()
        ? parsed
        : element.wrong("a duration such as \"12h\" or \"1h30m\", or whole nanoseconds");
  }

  /** A duration within limits; outside of them is a problem. */
  static Optional<Duration> parse(Element element, Duration least, Duration most) {
    Optional<Duration> parsed = parse(element);
    if (parsed.isPresent()
        && (parsed.get().compareTo(least) < 0 || parsed.get().compareTo(most) > 0)) {
      element.problem(
          "must be from %d s to %d s, not %d s"
              .formatted(least.toSeconds(), most.toSeconds(), parsed.get().toSeconds()));
      return Optional.empty();
    }
    return parsed;
  }

  private static Optional<Duration> text(String text) {
    Matcher matcher = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      sum = sum.plus(part(Long.parseLong(matcher.group(1)), matcher.group(2)));
      end = matcher.end();
    }
    return end == text.length() && end > 0 ? Optional.of(sum) : Optional.empty();
  }

  private static Duration part(long amount, String unit) {
    return switch (unit) {
      case "h" -> Duration.ofHours(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMillis(amount);
    };
  }
}
