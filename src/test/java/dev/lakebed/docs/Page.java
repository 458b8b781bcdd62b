package dev.lakebed.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One document of the repository, in the parts of Markdown that are used here. */
record Page(Path path, List<String> lines) {
  private static final Pattern FENCE = Pattern.compile(" *```.*");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");
  private static final Pattern INLINE_LINK = Pattern.compile("\\]\\((?<target>[^)\\s]+)\\)");
  private static final Pattern DEFINITION = Pattern.compile("\\[[^\\]]+\\]: (?<target>\\S+)");
  private static final Pattern HEADING = Pattern.compile("#{1,6} (?<text>.*)");
  private static final Pattern ANCHOR = Pattern.compile("<a id=\"(?<name>[^\"]+)\"></a>");
  private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");

  static Page read(Path path) {
    try {
      return new Page(path, Files.readAllLines(path));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** README, CONTRIBUTING and everything below {@code docs}. */
  static List<Page> all() {
    try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(
              Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .map(Page::read)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What links point at, without those that are only shown as code. */
  Stream<String> links() {
    return text()
        .map(line -> CODE.matcher(line).replaceAll(""))
        .flatMap(
            line ->
                Stream.concat(
                    INLINE_LINK.matcher(line).results(), DEFINITION.matcher(line).results()))
        .map(link -> link.group("target"));
  }

  /** The names that {@code #…} can have: GitHub's of headings, and those of {@code <a id>}. */
  Set<String> anchors() {
    Set<String> names = new HashSet<>();
    text()
        .map(HEADING::matcher)
        .filter(heading -> heading.matches())
        .forEach(heading -> names.add(slug(heading.group("text"))));
    lines.stream()
        .flatMap(line -> ANCHOR.matcher(line).results())
        .map(anchor -> anchor.group("name"))
        .forEach(names::add);
    return names;
  }

  private static String slug(String heading) {
    return INLINE_LINK
        .matcher(heading)
        .replaceAll("]")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
        .replace(' ', '-');
  }

  /** The cells of all tables, as they are read: links without their addresses. */
  Stream<String> cells() {
    return text()
        .filter(line -> line.startsWith("|"))
        .map(line -> ANCHOR.matcher(line).replaceAll(""))
        .map(line -> INLINE_LINK.matcher(line).replaceAll("]"))
        .flatMap(CELL_END::splitAsStream)
        .map(String::strip);
  }

  /** Lines that are no example. */
  private Stream<String> text() {
    List<String> text = new ArrayList<>();
    boolean example = false;
    for (String line : lines) {
      boolean fence = FENCE.matcher(line).matches();
      if (!fence && !example) {
        text.add(line);
      }
      example ^= fence;
    }
    return text.stream();
  }
}
