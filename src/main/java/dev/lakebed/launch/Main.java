package dev.lakebed.launch;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the {@code lakebed} command. */
@Command(
    name = "lakebed",
    description = "S3-compatible object store with IAM, STS and S3 Tables for Iceberg catalogs",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      ServeCommand.class,
      MiniCommand.class,
      ExplainCommand.class,
      RevokeCommand.class
    })
public final class Main {
  /** Exit code for options, settings or configuration that cannot be used. */
  public static final int UNUSABLE_CONFIGURATION = 2;

  /** Exit code when the server cannot run here: port in use, directory, database. */
  public static final int CANNOT_START = 3;

  private Main() {}

  /** Runs the command and exits, unless a server was started. */
  public static void main(String[] arguments) {
    int code =
        new CommandLine(new Main()).setExecutionExceptionHandler(Main::sentence).execute(arguments);
    if (code != ServeCommand.RUNNING) {
      System.exit(code);
    }
  }

  private static int sentence(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
    if (failure instanceof CannotStartException known) {
      command.getErr().println("lakebed: " + known.getMessage());
      return known.exitCode();
    }
    throw failure;
  }
}
