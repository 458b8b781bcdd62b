package dev.lakebed.storage.metadata.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server without clients, which is superuser by having the files. */
final class SingleUser {
  /** It may have to recover first, as in {@link Postmaster}. */
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private SingleUser() {}

  /**
   * Runs a script in one transaction.
   *
   * @param script ends with an empty line and has no other
   * @throws IOException when a statement fails; the message does not show the script
   */
  static void run(Binaries binaries, Account account, Path data, String script) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(binaries.program("postgres"), "--single", "-j", "-D", data.toString()));
    command.addAll(ServerOptions.arguments(List.of("exit_on_error=on")));
    command.add(Role.DATABASE);
    Command.run(Command.prepare(data, account.prefix(), command), script, LIMIT);
  }
}
