package dev.lakebed.iam.config;

import java.util.List;

/** The text of one file and the problems found in it. */
final class Source {
  private final String file;
  private final String text;
  private final List<ConfigProblem> problems;

  Source(String file, String text, List<ConfigProblem> problems) {
    this.file = file;
    this.text = text;
    this.problems = problems;
  }

  void problem(int offset, String path, String message) {
    int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    int line = 1 + (int) text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
    problemAt(line, offset - lineStart + 1, path, message);
  }

  /** A problem inside a value that starts at {@code offset}, whose place is counted from there. */
  void problemInside(int offset, int line, int column, String path, String message) {
    int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    int first = 1 + (int) text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
    int shift = line == 1 ? offset - lineStart : 0;
    problemAt(first + line - 1, column + shift, path, message);
  }

  void problemAt(int line, int column, String path, String message) {
    problems.add(new ConfigProblem(file, path, line, column, message));
  }

  String raw(JsonNode node) {
    return text.substring(node.start(), node.end());
  }
}
