package dev.lakebed.app.launch;

import dev.lakebed.ops.LaunchSetting;
import dev.lakebed.ops.ListenerSetting;
import dev.lakebed.ops.Setting;
import dev.lakebed.ops.SettingValues.SettingSource;
import dev.lakebed.ops.Settings;
import dev.lakebed.ops.SettingsReader;
import dev.lakebed.ops.SettingsReader.InvalidSettingsException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts Payara Micro with the WAR. What the server itself checks is not checked here. {@code
 * spellings} are how the settings of the command line are written there.
 */
record PayaraLauncher(Map<Setting, String> spellings) {
  /** Starts the server and returns while it runs. */
  void start(Map<Setting, String> options) {
    Settings settings = settings(options);
    ListenerSetting.of(settings.listeners()).forEach(PayaraLauncher::requireFree);
    LaunchSetting.silenceContainerAtEnd();
    Path home = Path.of(System.getProperty(LaunchSetting.HOME, "target/server"));
    System.clearProperty(LaunchSetting.HOME);
    options.forEach((setting, value) -> System.setProperty(setting.property(), value));
    try {
      run(home, arguments(home, settings));
      requireAnswer(home);
    } catch (IOException failure) {
      throw new CannotStartException(
          Main.CANNOT_START, "cannot write server start files: " + failure.getMessage());
    }
  }

  private Settings settings(Map<Setting, String> options) {
    Map<Object, Object> properties = new HashMap<>(System.getProperties());
    options.forEach((setting, value) -> properties.put(setting.property(), value));
    try {
      return SettingsReader.read(SettingSource.read(System.getenv(), properties));
    } catch (InvalidSettingsException invalid) {
      throw new CannotStartException(
          Main.UNUSABLE_CONFIGURATION,
          String.join("\nlakebed: ", invalid.problems().stream().map(this::spelled).toList()));
    }
  }

  /** A problem begins with the variable of its setting: with the option where that was used. */
  private String spelled(String problem) {
    return spellings.entrySet().stream()
        .filter(used -> problem.startsWith(used.getKey().variable() + " "))
        .map(used -> used.getValue() + problem.substring(used.getKey().variable().length()))
        .findFirst()
        .orElse(problem);
  }

  private static List<String> arguments(Path home, Settings settings) throws IOException {
    Path run = Files.createTempDirectory("lakebed-");
    run.toFile().deleteOnExit();
    Settings.Listeners listeners = settings.listeners();
    Path preBoot = extended(home, run, "preboot.asadmin", ListenerCommands.of(listeners, run));
    Path postDeploy =
        extended(home, run, "postdeploy.asadmin", ListenerCommands.afterDeployment(listeners));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--nohazelcast",
                "--disablephonehome",
                "--port",
                Integer.toString(listeners.port()),
                "--prebootcommandfile",
                preBoot.toString(),
                "--postbootcommandfile",
                home.resolve("postboot.asadmin").toString(),
                "--postdeploycommandfile",
                postDeploy.toString(),
                "--logproperties",
                home.resolve(settings.logging().json() ? "json.properties" : "text.properties")
                    .toString(),
                "--deploy",
                home.resolve("ROOT").toString()));
    if (listeners.httpsPort() != 0) {
      arguments.addAll(List.of("--sslport", Integer.toString(listeners.httpsPort())));
    }
    return arguments;
  }

  private static Path extended(Path home, Path run, String name, List<String> more)
      throws IOException {
    List<String> commands = new ArrayList<>(Files.readAllLines(home.resolve(name)));
    commands.addAll(more);
    Path file = Files.write(run.resolve(name), commands);
    file.toFile().deleteOnExit();
    return file;
  }

  /** Payara goes on when an application cannot be deployed, and would answer 404 to everything. */
  private static void requireAnswer(Path home) {
    if (System.getProperty(LaunchSetting.ANSWERED) == null) {
      throw new CannotStartException(
          Main.CANNOT_START,
          "the application in %s did not start; delete that directory, and it is built again"
              .formatted(home));
    }
  }

  static void requireFree(ListenerSetting listener) {
    Optional<String> obstacle = listener.obstacle();
    if (obstacle.isPresent()) {
      throw new CannotStartException(Main.CANNOT_START, obstacle.get());
    }
  }

  private static void run(Path home, List<String> arguments) {
    try {
      PayaraClasses.in(home).start(arguments.toArray(String[]::new));
    } catch (InvocationTargetException failure) {
      throw new CannotStartException(
          Main.CANNOT_START, "Payara Micro did not start: " + failure.getCause());
    } catch (ReflectiveOperationException missing) {
      throw new CannotStartException(
          Main.CANNOT_START, "Payara Micro is not on the class path: " + missing);
    }
  }

  /** The server cannot be started; the message is one sentence for the operator. */
  static final class CannotStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CannotStartException(int exitCode, String sentence) {
      super(sentence);
      this.exitCode = exitCode;
    }

    int exitCode() {
      return exitCode;
    }
  }

  /** Payara commands for what the static command files cannot know: addresses, ports, keys. */
  static final class ListenerCommands {
    private static final String NETWORK = "set configs.config.server-config.network-config.";
    private static final String LISTENER = NETWORK + "network-listeners.network-listener.";

    private ListenerCommands() {}

    /** What the static file for the time after deployment cannot know. */
    static List<String> afterDeployment(Settings.Listeners listeners) {
      return ListenerSetting.of(listeners).stream()
          .filter(listener -> listener.setting() != Setting.PORT)
          .map(listener -> LISTENER + listener.name() + ".enabled=true")
          .toList();
    }

    static List<String> of(Settings.Listeners listeners, Path directory) throws IOException {
      List<String> commands = new ArrayList<>();
      commands.add(LISTENER + "http-listener.address=" + listeners.bind());
      if (listeners.icebergPort() != 0) {
        commands.add(LISTENER + "iceberg-listener.address=" + listeners.bind());
        commands.add(LISTENER + "iceberg-listener.port=" + listeners.icebergPort());
      }
      if (listeners.httpsPort() != 0) {
        commands.add(LISTENER + "https-listener.address=" + listeners.bind());
        commands.add(LISTENER + "https-listener.enabled=false");
        if (listeners.tls().isPresent()) {
          Path store = KeyStoreFile.write(listeners.tls().get(), directory);
          String ssl = NETWORK + "protocols.protocol.https-listener.ssl.";
          commands.add(ssl + "key-store=" + store);
          commands.add(ssl + "cert-nickname=" + KeyStoreFile.ALIAS);
        }
      }
      return commands;
    }
  }
}
