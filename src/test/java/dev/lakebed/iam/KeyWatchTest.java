package dev.lakebed.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.iam.ConfigWatcher.KeyWatch;
import dev.lakebed.support.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/iam.md, "Changing keys": a changed file of keys is read, or reported, while nobody asks. */
@Timeout(30)
class KeyWatchTest {
  @TempDir private Path folder;
  private KeyWatch watch;

  @BeforeEach
  void start() throws IOException {
    IamDirectory directory = new IamDirectory(new IdentityLoader(List.of(), Map.of(), folder));
    watch = KeyWatch.start(List.of(new SessionKeys(directory, folder)::look));
  }

  @AfterEach
  void stop() {
    watch.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"c2hvcnQ=", "no base64!", ""})
  void unusable_session_keys_are_reported_in_one_line(String text) throws Exception {
    try (CapturedLog log = new CapturedLog("dev.lakebed.iam.KeyFile")) {
      Path file = Files.writeString(folder.resolve("session.key"), text);
      assertThat(first(log))
          .isEqualTo(
              "SEVERE %s must hold base64 keys of 16 to 1024 bytes, one a line; the keys read"
                  + " before stay in force",
              file);
    }
  }

  @Test
  void session_keys_that_are_gone_are_reported_in_one_line() throws Exception {
    try (CapturedLog log = new CapturedLog("dev.lakebed.iam.KeyFile")) {
      Path file = folder.resolve("session.key");
      Files.delete(file);
      assertThat(first(log))
          .isEqualTo(
              "SEVERE %1$s cannot be read: %1$s: no such file or directory; the keys read before"
                  + " stay in force",
              file);
    }
  }

  @Test
  void new_session_keys_are_read() throws Exception {
    try (CapturedLog log = new CapturedLog("dev.lakebed.iam.KeyFile")) {
      String key = Base64.getEncoder().encodeToString(new byte[48]);
      Files.writeString(folder.resolve("session.key"), key);
      assertThat(first(log)).startsWith("INFO keys read again");
    }
  }

  private static String first(CapturedLog log) throws InterruptedException {
    while (log.lines().isEmpty()) {
      Thread.sleep(10);
    }
    return log.lines().getFirst();
  }
}
