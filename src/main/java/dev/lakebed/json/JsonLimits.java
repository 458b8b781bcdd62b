package dev.lakebed.json;

/**
 * How large a JSON text and its parts may be.
 *
 * @param length of the text, in UTF-16 units
 * @param depth objects and arrays within each other
 * @param name length of the name of a member
 * @param values values of every kind, in all
 */
public record JsonLimits(int length, int depth, int name, int values) {
  /** Bodies and documents of requests. */
  public static final JsonLimits REQUEST = new JsonLimits(1 << 20, 64, 4096, 100_000);

  /** Files that the operator gives. */
  public static final JsonLimits FILE = new JsonLimits(1 << 28, 64, 1 << 16, 10_000_000);

  /** The same with another depth and length. */
  public JsonLimits within(int otherLength, int otherDepth) {
    return new JsonLimits(otherLength, otherDepth, name, values);
  }
}
