package dev.lakebed.iam.model;

/**
 * Text that must never be printed.
 *
 * @param reveal the text itself; name the call where it is needed
 */
public record Secret(String reveal) {
  /** Hides the text. */
  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
