package dev.lakebed.answers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Requests that belong together, one after the other, as README.txt beside them says.
 *
 * @param name name of the file, without its ending
 */
record Scenario(String name, List<Step> steps) {
  /** Where they are. */
  static final Path DIRECTORY = Path.of("src/test/resources/answers");

  /** What begins a step, and its answer. */
  static final String MARK = "### ";

  private static final String ENDING = ".requests.txt";

  /** All scenarios, by name. */
  static List<Scenario> all() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING))
          .sorted()
          .map(Scenario::read)
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Scenario read(Path file) {
    String name = file.getFileName().toString().replace(ENDING, "");
    try {
      List<Step> steps = new ArrayList<>();
      List<String> lines = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(MARK)) {
          add(steps, lines);
          lines.add(line.substring(MARK.length()));
        } else if (!lines.isEmpty()) {
          lines.add(line);
        }
      }
      add(steps, lines);
      return new Scenario(name, steps);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void add(List<Step> steps, List<String> lines) {
    while (!lines.isEmpty() && lines.getLast().isBlank()) {
      lines.removeLast();
    }
    if (!lines.isEmpty()) {
      steps.add(Step.parse(List.copyOf(lines)));
      lines.clear();
    }
  }

  /** Where the answers stand recorded. */
  Path answers() {
    return DIRECTORY.resolve(name + ".answers.txt");
  }

  @Override
  public String toString() {
    return name;
  }
}
