package dev.lakebed.app.launch;

/** The server cannot be started; the message is one sentence for the operator. */
final class CannotStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CannotStartException(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
