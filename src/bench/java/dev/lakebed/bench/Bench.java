package dev.lakebed.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmark's entry point. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Closed-loop load on S3, STS and S3 Tables endpoints.",
    subcommands = {
      RunCommand.class,
      MatrixCommand.class,
      CeilingCommand.class,
      DecideCommand.class,
      AuthoriseCommand.class,
      UsersCommand.class,
      SoakCommand.class,
      ConnectionsCommand.class,
      FirstCommand.class
    })
final class Bench {
  private Bench() {}

  /** Runs the command given by the arguments; exit code 0 only when it ran to its end. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Bench());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println(failure);
          return command.getCommandSpec().exitCodeOnExecutionException();
        });
    System.exit(line.execute(arguments));
  }
}
