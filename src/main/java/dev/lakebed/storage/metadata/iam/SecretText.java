package dev.lakebed.storage.metadata.iam;

/**
 * The secret of an access key, which must never be printed.
 *
 * @param reveal the text itself
 */
public record SecretText(String reveal) {
  /** Hides the text. */
  @Override
  public String toString() {
    return "SecretText[hidden]";
  }
}
