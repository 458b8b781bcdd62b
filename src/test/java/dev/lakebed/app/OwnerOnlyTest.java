package dev.lakebed.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.app.DataDirectory.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyTest {
  @TempDir Path root;

  private Path directory(String name) throws IOException {
    Path directory = Files.createDirectories(root.resolve(name));
    permit(Files.createFile(directory.resolve("file")), "rw-r--r--");
    return permit(directory, "rwxr-xr-x");
  }

  private static Path permit(Path path, String permissions) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void directories_of_the_server_are_closed_to_others() throws IOException {
    for (String name : new String[] {"audit", "keys", "volumes"}) {
      Path own = directory(name);
      OwnerOnly.mend(root);
      assertThat(permissions(own)).isEqualTo("rwx------");
      assertThat(permissions(own.resolve("file"))).isEqualTo("rw-------");
    }
  }

  /** The database's, put aside for a moment, must still be what its account can use. */
  @Test
  void what_somebody_else_put_there_is_left_as_it_is() throws IOException {
    Path other = directory("postgres.bak");
    OwnerOnly.mend(root);
    assertThat(permissions(other)).isEqualTo("rwxr-xr-x");
    assertThat(permissions(other.resolve("file"))).isEqualTo("rw-r--r--");
  }
}
