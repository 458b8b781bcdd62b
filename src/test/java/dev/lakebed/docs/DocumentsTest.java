package dev.lakebed.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The documents can be read in an editor and beside the code, and point at what is there. */
class DocumentsTest {
  private static final int LONGEST_LINE = 200;

  private static final int WORDS_OF_A_CELL = 25;

  private static Stream<DynamicTest> eachPage(Consumer<Page> check) {
    return Page.all().stream()
        .map(page -> DynamicTest.dynamicTest(page.path().toString(), () -> check.accept(page)));
  }

  @TestFactory
  Stream<DynamicTest> no_line_has_more_than_200_characters() {
    return eachPage(
        page ->
            assertThat(page.lines().stream().filter(line -> line.length() > LONGEST_LINE))
                .isEmpty());
  }

  @TestFactory
  Stream<DynamicTest> no_cell_of_a_table_has_more_than_25_words() {
    return eachPage(
        page -> assertThat(page.cells().filter(cell -> words(cell) > WORDS_OF_A_CELL)).isEmpty());
  }

  private static int words(String cell) {
    return cell.split("\\s+").length;
  }

  @TestFactory
  Stream<DynamicTest> every_link_into_the_repository_finds_its_file_and_place() {
    return eachPage(
        page -> assertThat(page.links().filter(link -> !isFound(page.path(), link))).isEmpty());
  }

  private static boolean isFound(Path from, String link) {
    URI target = URI.create(link);
    if (target.isAbsolute()) {
      return true;
    }
    Path file =
        target.getPath().isEmpty() ? from : from.resolveSibling(target.getPath()).normalize();
    return Files.exists(file)
        && Optional.ofNullable(target.getFragment())
            .map(place -> Page.read(file).anchors().contains(place))
            .orElse(true);
  }

  @Test
  void links_places_and_cells_are_seen_and_examples_are_not() {
    Page page =
        new Page(
            Path.of("x.md"),
            List.of(
                "## What one client's `share` is",
                "see [a](b.md#c) and `[d](e)`",
                "| <a id=\"row-1\"></a>1 | two [words](f.md) |",
                "```",
                "# [g](h)",
                "```",
                "[i]: j"));
    assertThat(page.links()).containsExactly("b.md#c", "f.md", "j");
    assertThat(page.anchors()).containsExactlyInAnyOrder("what-one-clients-share-is", "row-1");
    assertThat(page.cells()).containsExactly("", "1", "two [words]");
  }
}
