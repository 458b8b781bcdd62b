package dev.lakebed.app.launch;

import picocli.CommandLine.Command;

/**
 * Stands for {@code lakebed explain} in the list of commands. The command itself is among the
 * server's classes, which are opened only when it is asked for.
 */
@Command(
    name = ExplainCommand.NAME,
    description = "Say whether a principal may do something, and which rule decides.")
final class ExplainCommand {
  static final String NAME = "explain";

  private static final String COMMAND = "dev.lakebed.app.explain.Explain";

  /** The command itself. */
  static Object in(WarClasses war) throws ReflectiveOperationException {
    return war.loader().loadClass(COMMAND).getDeclaredConstructor().newInstance();
  }
}
