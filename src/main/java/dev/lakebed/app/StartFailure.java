package dev.lakebed.app;

import java.util.List;

/** The server cannot start; the messages are sentences for the operator. */
final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Exit code for settings or configuration that cannot be used. */
  static final int UNUSABLE_CONFIGURATION = 2;

  /** Exit code when the server cannot run here: directory, database, volume. */
  static final int CANNOT_START = 3;

  private final int exitCode;
  private final transient List<String> sentences;

  StartFailure(int exitCode, List<String> sentences) {
    super(String.join("; ", sentences));
    this.exitCode = exitCode;
    this.sentences = List.copyOf(sentences);
  }

  int exitCode() {
    return exitCode;
  }

  List<String> sentences() {
    return sentences;
  }
}
