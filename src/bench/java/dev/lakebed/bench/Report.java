package dev.lakebed.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts a report into a file of its own, or between the markers of its section in a longer one. */
final class Report {
  private Report() {}

  /** Writes a file; one that has the markers of the section keeps its other text. */
  static void write(Path file, String section, String report) throws IOException {
    String old = Files.exists(file) ? Files.readString(file) : "";
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory == null ? Path.of("/") : directory);
    Files.writeString(file, replaceIn(old, section, report), StandardCharsets.UTF_8);
  }

  /** A text without markers is replaced. */
  static String replaceIn(String text, String section, String report) {
    String opening = "<!-- " + section + " begin -->\n";
    int begin = text.indexOf(opening);
    int end = text.indexOf("<!-- " + section + " end -->\n");
    return begin < 0 || end < begin
        ? report
        : text.substring(0, begin + opening.length()) + report + text.substring(end);
  }
}
