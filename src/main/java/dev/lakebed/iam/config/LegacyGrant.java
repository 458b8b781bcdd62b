package dev.lakebed.iam.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One grant of an identity: {@code Action}, {@code Action:bucket}, {@code Action:bucket/prefix*} or
 * {@code s3tables:Operation}, the last also with a bucket.
 *
 * @param action the action without bucket
 * @param bucket bucket or pattern; {@code *} when none is given
 * @param key key or pattern; {@code *} when none is given
 */
record LegacyGrant(String action, String bucket, String key) {
  private static final Pattern FORM =
      Pattern.compile("((?:s3tables:)?[A-Za-z*]+)(?::([a-zA-Z0-9.*?_-]+)(?:/(.{1,1024}))?)?");

  static Optional<LegacyGrant> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || !isKnown(matcher.group(1))) {
      return Optional.empty();
    }
    String bucket = matcher.group(2);
    String key = matcher.group(3);
    return Optional.of(
        new LegacyGrant(matcher.group(1), bucket == null ? "*" : bucket, key == null ? "*" : key));
  }

  private static boolean isKnown(String action) {
    return action.equals("Admin")
        || action.equals("*")
        || action.startsWith("s3tables:")
        || LegacyAction.ALL.stream().anyMatch(known -> known.name().equals(action));
  }

  boolean isTables() {
    return action.startsWith("s3tables:");
  }

  boolean isAdmin() {
    return action.equals("Admin") || action.equals("*");
  }

  boolean isEverywhere() {
    return bucket.equals("*") && key.equals("*");
  }

  LegacyAction meaning() {
    return LegacyAction.ALL.stream()
        .filter(known -> known.name().equals(action))
        .findFirst()
        .orElseThrow();
  }
}
