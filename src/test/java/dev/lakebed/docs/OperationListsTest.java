package dev.lakebed.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.operation.Protocol.Kind;
import dev.lakebed.support.Registries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The lists of operations in {@code docs/compatibility.md} are those of the registries. {@code
 * -Dlakebed.docs.write=true} writes them into the page.
 */
class OperationListsTest {
  private static final Path PAGE = Path.of("docs/compatibility.md");
  private static final String END = "<!-- end of operations -->";
  private static final int WIDTH = 150;

  @ParameterizedTest
  @EnumSource(names = "ICEBERG", mode = EnumSource.Mode.EXCLUDE)
  void page_lists_what_is_built_and_what_is_not(Kind service) throws IOException {
    String page = Files.readString(PAGE);
    String begin = "<!-- operations of " + service.name() + " -->\n";
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf(END, from);
    String lists = list("Built: ", service, true) + "\n" + list("Not built: ", service, false);
    if (Boolean.getBoolean("lakebed.docs.write")) {
      Files.writeString(PAGE, page.substring(0, from) + lists + page.substring(to));
      return;
    }
    assertThat(page.substring(from, to)).isEqualTo(lists);
  }

  /** S3 also tells operations of a later S3 apart, by names that AWS does not have. */
  private static String list(String title, Kind service, boolean built) {
    List<String> names =
        Registries.names(service, built).filter(name -> !name.endsWith("Unknown")).toList();
    StringBuilder text = new StringBuilder(title);
    int width = title.length();
    for (String word : (names.stream().collect(Collectors.joining(", ")) + ".").split(" ")) {
      if (width + word.length() > WIDTH) {
        text.setCharAt(text.length() - 1, '\n');
        width = 0;
      }
      text.append(word).append(' ');
      width += word.length() + 1;
    }
    text.setCharAt(text.length() - 1, '\n');
    return text.toString();
  }
}
