package dev.lakebed.app.launch;

import dev.lakebed.app.launch.ExplainCommand.WarClasses;
import dev.lakebed.app.launch.PayaraLauncher.CannotStartException;
import dev.lakebed.ops.LaunchSetting;
import dev.lakebed.ops.SettingValues.SettingSpelling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point of the {@code lakebed} command. */
@Command(
    name = "lakebed",
    description = "S3-compatible object store with IAM, STS and S3 Tables for Iceberg catalogs.",
    footer = {
      "",
      "To begin:",
      "  lakebed serve --bucket warehouse      start a server, Ctrl-C stops it",
      "  lakebed serve --help                  every option and variable",
      "  lakebed help COMMAND                  the same for any command"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {ServeCommand.class, MiniCommand.class})
public final class Main implements Runnable {
  /** Exit code for options, settings or configuration that cannot be used. */
  public static final int UNUSABLE_CONFIGURATION = 2;

  /** Exit code when the server cannot run here: port in use, directory, database. */
  public static final int CANNOT_START = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  /** Without a command: says which there are. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** Runs the command and exits, unless a server was started. */
  public static void main(String[] arguments) {
    int code = execute(arguments);
    if (code != ServeCommand.RUNNING) {
      System.exit(code);
    }
  }

  @SuppressWarnings("SystemOut")
  private static int execute(String[] arguments) {
    if (!List.of(arguments).contains(ExplainCommand.NAME)) {
      return commandLine(new ExplainCommand(), System.getenv()).execute(arguments);
    }
    Path home = Path.of(System.getProperty(LaunchSetting.HOME, "target/server"));
    try (WarClasses war = WarClasses.open(home)) {
      return commandLine(ExplainCommand.in(war), System.getenv()).execute(arguments);
    } catch (IOException | ReflectiveOperationException failure) {
      System.err.println(
          "lakebed: the server's classes in " + home + " cannot be used: " + failure);
      return CANNOT_START;
    }
  }

  /** All commands. */
  static CommandLine commandLine(Object explain, Map<String, String> environment) {
    CommandLine lakebed = new CommandLine(new Main());
    lakebed
        .addSubcommand(new RevokeCommand(environment))
        .addSubcommand(explain)
        .addSubcommand(new HelpCommand());
    lakebed.setUsageHelpAutoWidth(true).setHelpFactory(new HelpLayout());
    SettingOptions.addTo(command(lakebed, "serve"));
    MiniCommand.addFlags(command(lakebed, "mini"));
    return lakebed
        .setExecutionExceptionHandler(Main::sentence)
        .setParameterExceptionHandler(Main::misused);
  }

  private static CommandSpec command(CommandLine lakebed, String name) {
    return Objects.requireNonNull(lakebed.getSubcommands().get(name)).getCommandSpec();
  }

  private static int sentence(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
    if (failure instanceof CannotStartException known) {
      if (!LaunchSetting.isEnding()) {
        command.getErr().println("lakebed: " + known.getMessage());
      }
      return known.exitCode();
    }
    throw failure;
  }

  /** A short answer to a command that cannot be understood: the whole help would hide it. */
  private static int misused(ParameterException misuse, String[] arguments) {
    CommandLine command = misuse.getCommandLine();
    if (misuse.getCommandLine().getCommand() instanceof Main && arguments.length == 0) {
      command.usage(command.getErr());
      return UNUSABLE_CONFIGURATION;
    }
    command.getErr().println("lakebed: " + said(misuse));
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return UNUSABLE_CONFIGURATION;
  }

  /** What is wrong, and what was probably meant. */
  private static String said(ParameterException misuse) {
    if (!(misuse instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(misuse.getMessage());
    }
    CommandSpec command = misuse.getCommandLine().getCommandSpec();
    Stream<String> commands = command.subcommands().keySet().stream();
    Stream<String> options = command.optionsMap().keySet().stream();
    List<String> arguments = unmatched.getUnmatched();
    String unknown =
        arguments.stream()
            .filter(argument -> argument.startsWith("-"))
            .findFirst()
            .orElse(arguments.get(0))
            .replaceFirst("=.*", "");
    return SettingSpelling.nearest(unknown, Stream.concat(commands, options))
        .map(nearest -> unknown + " is unknown, did you mean " + nearest + "?")
        .orElse(unknown + " is unknown");
  }

  /** Version from the launcher jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Version.class.getPackage().getImplementationVersion();
      return new String[] {"lakebed " + (version == null ? "(unpacked)" : version)};
    }
  }
}
