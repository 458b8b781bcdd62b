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
 * The size budget of the project's code rules: median file at most 40 code lines, nine of ten under
 * 150, none over 400. Comments, blank lines, imports and package lines do not count.
 */
class SizeBudgetTest {
  private static final Path SOURCES = Path.of("src/main/java");

  @Test
  void no_source_file_is_longer_than_400_code_lines() throws IOException {
    Map<Path, Long> tooLong =
        sizes().entrySet().stream()
            .filter(size -> size.getValue() > 400)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(tooLong).isEmpty();
  }

  @Test
  void nine_of_ten_files_have_under_150_code_lines() throws IOException {
    List<Long> sorted = sizes().values().stream().sorted().toList();
    assertThat(sorted.get(sorted.size() * 9 / 10)).isLessThan(150);
  }

  @Test
  void the_median_file_has_at_most_40_code_lines() throws IOException {
    List<Long> sorted = sizes().values().stream().sorted().toList();
    assertThat(sorted.get(sorted.size() / 2)).isLessThanOrEqualTo(40);
  }

  @Test
  void every_package_declares_that_it_is_null_marked() throws IOException {
    try (Stream<Path> tree = Files.walk(SOURCES)) {
      List<Path> unmarked =
          tree.filter(Files::isDirectory)
              .filter(SizeBudgetTest::holdsSources)
              .filter(Predicate.not(SizeBudgetTest::isNullMarked))
              .toList();
      assertThat(unmarked).isEmpty();
    }
  }

  private static Map<Path, Long> sizes() throws IOException {
    try (Stream<Path> tree = Files.walk(SOURCES)) {
      Map<Path, Long> sizes = new TreeMap<>();
      tree.filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .forEach(file -> sizes.put(file, codeLines(file)));
      return sizes;
    }
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
