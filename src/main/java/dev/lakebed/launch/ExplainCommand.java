package dev.lakebed.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code lakebed explain}, whose work is done by the classes inside the WAR. */
@Command(
    name = "explain",
    description = "Say whether a principal may do something, and which rule decides.")
final class ExplainCommand implements Callable<Integer> {
  private static final String COMMAND = "dev.lakebed.explain.ExplainCommand";

  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    Path home = Path.of(System.getProperty("lakebed.launch.home", "target/server"));
    try (WarClasses war = WarClasses.open(home)) {
      Object command = war.loader().loadClass(COMMAND).getDeclaredConstructor().newInstance();
      return new CommandLine(command).execute(arguments.toArray(String[]::new));
    } catch (IOException | ReflectiveOperationException failure) {
      throw new CannotStartException(
          Main.CANNOT_START, "the server's classes in " + home + " cannot be used: " + failure);
    }
  }
}
