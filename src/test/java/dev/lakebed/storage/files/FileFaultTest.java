package dev.lakebed.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.files.DurableDirectory.FileFault;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** No operator has to know what a NoSuchFileException is. */
class FileFaultTest {
  @Test
  void fault_is_told_in_words_with_the_file() {
    assertThat(FileFault.words(new NoSuchFileException("/a")))
        .isEqualTo("/a: no such file or directory");
    assertThat(FileFault.words(new AccessDeniedException("/a")))
        .isEqualTo("/a: the server's user may not");
    assertThat(FileFault.words(new FileAlreadyExistsException("/a")))
        .isEqualTo("/a: is there, and is no directory");
    assertThat(FileFault.words(new FileSystemException("/a", null, "No space left on device")))
        .isEqualTo("/a: No space left on device");
    assertThat(FileFault.words(new IOException("Is a directory"))).isEqualTo("Is a directory");
  }
}
