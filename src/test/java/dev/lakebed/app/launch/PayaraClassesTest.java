package dev.lakebed.app.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where Payara's libraries come from. */
class PayaraClassesTest {
  @TempDir private Path home;

  @Test
  void libraries_that_the_build_laid_out_are_taken_from_the_class_path() throws Exception {
    Path index = Files.createFile(home.resolve("payara.jar"));
    assertThat(PayaraClasses.in(home).index()).contains(index);
  }

  @Test
  void without_them_the_jar_unpacks_itself() {
    assertThat(PayaraClasses.in(home).index()).isEmpty();
  }
}
