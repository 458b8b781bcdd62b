package dev.lakebed.iam;

import dev.lakebed.storage.files.DurableDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A small file that only the server's user may read, written once and durably. */
final class PrivateFile {
  private PrivateFile() {}

  /** The content; made by {@code first} when there is no file yet. */
  static String readOrCreate(Path directory, String name, Supplier<String> first)
      throws IOException {
    DurableDirectory folder = DurableDirectory.create(directory);
    Path file = folder.resolve(name);
    if (Files.exists(file)) {
      // Whoever made it may have been killed before its name was durable.
      folder.sync();
    } else {
      folder.writeIfAbsent(name, first.get().getBytes(StandardCharsets.UTF_8));
    }
    return Files.readString(file);
  }
}
