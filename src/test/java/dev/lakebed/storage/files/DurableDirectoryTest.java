package dev.lakebed.storage.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableDirectoryTest {
  @TempDir private Path folder;

  @Test
  void missing_directories_and_files_are_made_for_their_owner_only() throws IOException {
    DurableDirectory directory = DurableDirectory.create(folder.resolve("a/b"));
    directory.write("secret", bytes("one"));
    assertThat(permissions("a")).isEqualTo("rwx------");
    assertThat(permissions("a/b")).isEqualTo("rwx------");
    assertThat(permissions("a/b/secret")).isEqualTo("rw-------");
  }

  @Test
  void a_directory_that_is_there_keeps_its_permissions() throws IOException {
    Path there = Files.createDirectory(folder.resolve("there"));
    Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxr-x---"));
    assertThat(DurableDirectory.create(there).path()).isEqualTo(there.toAbsolutePath());
    assertThat(permissions("there")).isEqualTo("rwxr-x---");
  }

  @Test
  void a_file_is_replaced_whole_also_beside_the_draft_of_a_crash() throws IOException {
    DurableDirectory directory = DurableDirectory.create(folder);
    directory.write("f", bytes("a longer text"));
    Files.writeString(folder.resolve("f.draft"), "half of somethi");
    directory.write("f", bytes("short"));
    assertThat(folder.resolve("f")).hasContent("short");
    assertThat(names()).containsExactly("f");
  }

  @Test
  void of_several_first_writers_one_wins_for_all() throws Exception {
    DurableDirectory directory = DurableDirectory.create(folder);
    List<Callable<String>> writers =
        IntStream.range(0, 8)
            .<Callable<String>>mapToObj(
                n ->
                    () -> {
                      directory.writeIfAbsent("f", bytes("writer " + n));
                      return Files.readString(directory.resolve("f"));
                    })
            .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<String> seen = threads.invokeAll(writers).stream().map(f -> f.resultNow()).toList();
      assertThat(seen).containsOnly(Files.readString(folder.resolve("f")));
    }
    assertThat(names()).containsExactly("f");
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
