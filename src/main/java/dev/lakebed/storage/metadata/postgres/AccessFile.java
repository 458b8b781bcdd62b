package dev.lakebed.storage.metadata.postgres;

import dev.lakebed.storage.files.DurableDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Who may connect: our role to its database, by password, and nobody else. */
record AccessFile(DurableDirectory home, Account account) {
  private static final String NAME = "access.conf";

  /** Writes it for a server about to start. */
  Path write(Listener listener) throws IOException {
    String line = listener.access(Role.DATABASE + " " + Role.NAME) + " scram-sha-256\n";
    home.write(NAME, line.getBytes(StandardCharsets.US_ASCII));
    account.own(home.resolve(NAME));
    return home.resolve(NAME);
  }
}
