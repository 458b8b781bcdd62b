package dev.lakebed.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Data directories for servers, also when the test runs as root. */
final class DataDirectories {
  private DataDirectories() {}

  /** A name under a temporary directory, which the account of the database may pass. */
  static Path under(Path temporary) throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    return temporary.resolve("data");
  }
}
