package dev.lakebed;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/** Tests and docs/evidence hold each other: a pointer has its row, a row has a test or is open. */
class EvidenceTest {
  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.OnlyIncludeTests())
          .importPackages("dev.lakebed");

  private static final List<Row> ROWS = rows(Path.of("docs/evidence"));

  /** One row of a page, by its anchor. */
  private record Row(String anchor, boolean open) {
    private static final Pattern FORM =
        Pattern.compile("\\| <a id=\"(?<anchor>[^\"]+)\"></a>.*\\| (?<open>open: [^|]+ )?\\|");

    static Row of(String line) {
      Matcher row = FORM.matcher(line);
      if (!row.matches()) {
        throw new IllegalArgumentException("no row of evidence: " + line);
      }
      return new Row(row.group("anchor"), row.group("open") != null);
    }
  }

  private static List<Row> rows(Path pages) {
    try (Stream<Path> files = Files.list(pages)) {
      return files
          .flatMap(page -> lines(page).stream())
          .filter(line -> line.contains("<a id="))
          .map(Row::of)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<String> lines(Path page) {
    try {
      return Files.readAllLines(page);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Set<String> anchors(Predicate<Row> wanted) {
    return ROWS.stream()
        .filter(wanted)
        .map(Row::anchor)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> pointers() {
    return elements()
        .flatMap(element -> Stream.of(element.getAnnotationOfType(Evidence.class).value()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<HasAnnotations<?>> elements() {
    return TESTS.stream()
        .<HasAnnotations<?>>flatMap(
            type -> Stream.concat(Stream.of(type), type.getMethods().stream()))
        .filter(element -> element.isAnnotatedWith(Evidence.class));
  }

  private static boolean isTest(HasAnnotations<?> element) {
    return switch (element) {
      case JavaClass type -> type.getAllMethods().stream().anyMatch(EvidenceTest::isTest);
      case JavaMethod method -> method.isMetaAnnotatedWith(Testable.class);
      default -> false;
    };
  }

  @Test
  void every_pointer_has_its_row() {
    assertThat(anchors(row -> true)).containsAll(pointers());
  }

  @Test
  void every_row_that_is_not_open_has_a_test() {
    assertThat(pointers()).containsAll(anchors(row -> !row.open()));
  }

  @Test
  void no_row_that_has_a_test_is_open() {
    assertThat(pointers()).doesNotContainAnyElementsOf(anchors(Row::open));
  }

  @Test
  void every_anchor_is_there_once() {
    assertThat(ROWS).isNotEmpty().extracting(Row::anchor).doesNotHaveDuplicates();
  }

  @Test
  void only_tests_point_at_rows() {
    assertThat(elements().filter(element -> !isTest(element))).isEmpty();
  }
}
