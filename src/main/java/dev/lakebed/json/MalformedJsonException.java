package dev.lakebed.json;

/**
 * A text is no JSON, or JSON that two readers could understand differently or that is too large.
 */
public final class MalformedJsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final transient JsonPlace place;

  MalformedJsonException(String reason, JsonPlace place) {
    super("%s (line %d, column %d)".formatted(reason, place.line(), place.column()));
    this.reason = reason;
    this.place = place;
  }

  /** What is wrong, without the place. */
  public String reason() {
    return reason;
  }

  /** Where. */
  public JsonPlace place() {
    return place;
  }
}
