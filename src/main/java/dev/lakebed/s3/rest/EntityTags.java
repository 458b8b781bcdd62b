package dev.lakebed.s3.rest;

/**
 * Entity tags: kept without quotes, sent with quotes, compared strongly, so that a weak tag never
 * matches (RFC 9110 section 8.8.3.2).
 */
public final class EntityTags {
  private EntityTags() {}

  public static String quoted(String etag) {
    return '"' + etag + '"';
  }

  public static String unquoted(String text) {
    String tag = text.strip();
    boolean quotes = tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"");
    return quotes ? tag.substring(1, tag.length() - 1) : tag;
  }

  /**
   * Whether a condition names the tag. {@code condition} is {@code *} or a list of tags, each with
   * or without quotes.
   */
  public static boolean match(String condition, String etag) {
    for (String candidate : condition.split(",", -1)) {
      String tag = candidate.strip();
      if (tag.equals("*") || unquoted(tag).equals(etag)) {
        return true;
      }
    }
    return false;
  }
}
