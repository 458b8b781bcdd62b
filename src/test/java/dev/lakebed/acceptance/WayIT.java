package dev.lakebed.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import dev.lakebed.support.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** The build runs this package twice; without this the second run could be the first again. */
@AcceptanceTest
class WayIT {
  private static final String BUCKET = "way-of-this-run";

  @Test
  void the_server_takes_the_way_of_this_run(Endpoint endpoint) throws IOException {
    try (S3Client s3 = endpoint.s3(Keys.ADMIN)) {
      s3.createBucket(create -> create.bucket(BUCKET));
    }
    Message put =
        new Message("PUT", "/" + BUCKET + "/way")
            .header("Host", endpoint.uri().getAuthority())
            .body("never sent".getBytes(UTF_8));
    dev.lakebed.kit.Keys keys =
        new dev.lakebed.kit.Keys(
            Keys.ADMIN.accessKeyId(), Keys.ADMIN.secretAccessKey(), Optional.empty());
    assertThat(Way.taken(server().pid(), endpoint.uri(), Signing.s3(keys).sign(put).head()))
        .isEqualTo(Way.ofThisRun());
  }

  /** The process with the data of this run, which Arquillian has started. */
  private static ProcessHandle server() {
    String data = "-Dlakebed.data=" + System.getProperty(ServerFiles.DIRECTORY);
    return ProcessHandle.current()
        .descendants()
        .filter(process -> commandLine(process).contains(data))
        .findAny()
        .orElseThrow();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    } catch (IOException ended) {
      throw new UncheckedIOException(ended);
    }
  }
}
