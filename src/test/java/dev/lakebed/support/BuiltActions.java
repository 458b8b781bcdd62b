package dev.lakebed.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The actions of IAM that docs/compatibility.md says are built, so that the page is tested too. */
public final class BuiltActions {
  private BuiltActions() {}

  /** Their names, as on the wire. */
  public static List<String> names() {
    try {
      String page = Files.readString(Path.of("docs/compatibility.md"));
      String table =
          page.substring(page.indexOf("| group | built |"), page.indexOf("Not built, 501"));
      return Arrays.stream(table.replaceAll("\\([^)]*\\)", "").split("[|,;\\s]+"))
          .filter(word -> word.matches("[A-Z][a-z]+[A-Z]\\w+"))
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
