package dev.lakebed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What docs/architecture.md promises of the source tree: how many files there are, how long they
 * are, and that each name stands in it once. Comments, blank lines, imports and package lines do
 * not count.
 */
class SourceTreeTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final int MOST_FILES = 650;
  private static final int MOST_FILES_OF_A_PACKAGE = 30;
  private static final int MOST_LINES = 300;
  private static final int LINES_OF_NINE_IN_TEN = 150;

  @Test
  void there_are_no_more_files_than_a_newcomer_can_look_through() throws IOException {
    assertThat(sources()).hasSizeLessThanOrEqualTo(MOST_FILES);
  }

  @Test
  void no_package_holds_more_than_30_files() throws IOException {
    Map<Path, Long> packages =
        sources().stream()
            .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()));
    packages.values().removeIf(count -> count <= MOST_FILES_OF_A_PACKAGE);
    assertThat(packages).isEmpty();
  }

  @Test
  void a_name_stands_once_in_the_tree() throws IOException {
    Map<String, List<Path>> named =
        sources().stream()
            .filter(file -> !file.endsWith("package-info.java"))
            .collect(Collectors.groupingBy(file -> String.valueOf(file.getFileName())));
    named.values().removeIf(files -> files.size() == 1);
    assertThat(named).isEmpty();
  }

  @Test
  void no_source_file_is_longer_than_300_code_lines() throws IOException {
    Map<Path, Long> tooLong =
        sizes().entrySet().stream()
            .filter(size -> size.getValue() > MOST_LINES)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(tooLong).isEmpty();
  }

  @Test
  void nine_of_ten_files_have_under_150_code_lines() throws IOException {
    List<Long> sorted = sizes().values().stream().sorted().toList();
    assertThat(sorted.get(sorted.size() * 9 / 10)).isLessThan(LINES_OF_NINE_IN_TEN);
  }

  @Test
  void every_package_declares_that_it_is_null_marked() throws IOException {
    try (Stream<Path> tree = Files.walk(SOURCES)) {
      List<Path> unmarked =
          tree.filter(Files::isDirectory)
              .filter(SourceTreeTest::holdsSources)
              .filter(Predicate.not(SourceTreeTest::isNullMarked))
              .toList();
      assertThat(unmarked).isEmpty();
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> tree = Files.walk(SOURCES)) {
      return tree.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static Map<Path, Long> sizes() throws IOException {
    Map<Path, Long> sizes = new TreeMap<>();
    for (Path file : sources()) {
      if (!file.endsWith("package-info.java")) {
        sizes.put(file, codeLines(file));
      }
    }
    return sizes;
  }

  private static long codeLines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .filter(line -> !line.startsWith("//") && !line.startsWith("*"))
          .filter(line -> !line.startsWith("/*"))
          .filter(line -> !line.startsWith("import ") && !line.startsWith("package "))
          .count();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean holdsSources(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.anyMatch(file -> file.toString().endsWith(".java"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean isNullMarked(Path directory) {
    Path info = directory.resolve("package-info.java");
    try {
      return Files.exists(info) && Files.readString(info).contains("@NullMarked");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
