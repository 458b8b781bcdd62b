package dev.lakebed.launch;

import dev.lakebed.ops.InvalidSettingsException;
import dev.lakebed.ops.Setting;
import dev.lakebed.ops.SettingSource;
import dev.lakebed.ops.Settings;
import dev.lakebed.ops.SettingsReader;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Starts Payara Micro with the WAR. What the server itself checks is not checked here. */
final class PayaraLauncher {
  private static final String PAYARA_MAIN = "fish.payara.micro.PayaraMicro";

  /**
   * Starts the server and returns while it runs.
   *
   * @throws CannotStartException with a sentence and an exit code
   */
  void start(Map<Setting, String> options) {
    Settings settings = settings(options);
    Settings.Listeners listeners = settings.listeners();
    requireFree(listeners.bind(), Setting.PORT, listeners.port());
    requireFree(listeners.bind(), Setting.HTTPS_PORT, listeners.httpsPort());
    requireFree(listeners.bind(), Setting.ICEBERG_PORT, listeners.icebergPort());
    Path home = Path.of(System.getProperty("lakebed.launch.home", "target/server"));
    System.clearProperty("lakebed.launch.home");
    options.forEach((setting, value) -> System.setProperty(setting.property(), value));
    try {
      run(arguments(home, settings));
    } catch (IOException failure) {
      throw new CannotStartException(
          Main.CANNOT_START, "cannot write server start files: " + failure.getMessage());
    }
  }

  private static Settings settings(Map<Setting, String> options) {
    Map<String, String> properties = new TreeMap<>();
    System.getProperties()
        .forEach((name, value) -> properties.put(name.toString(), value.toString()));
    properties.keySet().removeIf(name -> name.startsWith("lakebed.launch."));
    options.forEach((setting, value) -> properties.put(setting.property(), value));
    try {
      return SettingsReader.read(SettingSource.read(System.getenv(), properties));
    } catch (InvalidSettingsException invalid) {
      throw new CannotStartException(
          Main.UNUSABLE_CONFIGURATION, String.join("\nlakebed: ", invalid.problems()));
    }
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
                Integer.toString(settings.listeners().port()),
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
    if (settings.listeners().httpsPort() != 0) {
      arguments.addAll(List.of("--sslport", Integer.toString(settings.listeners().httpsPort())));
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

  private static void run(List<String> arguments) {
    try {
      Class.forName(PAYARA_MAIN)
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments.toArray(String[]::new));
    } catch (InvocationTargetException failure) {
      throw new CannotStartException(
          Main.CANNOT_START, "Payara Micro did not start: " + failure.getCause());
    } catch (ReflectiveOperationException missing) {
      throw new CannotStartException(
          Main.CANNOT_START, "Payara Micro is not on the class path: " + missing);
    }
  }

  /**
   * Says which option helps, when a port is taken.
   *
   * @param port 0 for none
   */
  static void requireFree(String bind, Setting setting, int port) {
    if (port == 0) {
      return;
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(bind), port));
    } catch (IOException taken) {
      throw new CannotStartException(
          Main.CANNOT_START,
          "cannot listen on %s port %d: %s; %s (%s) takes another%s"
              .formatted(
                  bind,
                  port,
                  taken.getMessage(),
                  setting.option().orElseThrow(),
                  setting.variable(),
                  setting == Setting.PORT ? "" : ", or 0 for none"));
    }
  }
}
