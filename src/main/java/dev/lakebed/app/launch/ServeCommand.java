package dev.lakebed.app.launch;

import dev.lakebed.app.launch.Main.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lakebed serve}. Each option is also a {@code LAKEBED_…} variable; the option wins. */
@Command(
    name = "serve",
    description = {
      "Start the server; Ctrl-C stops it.",
      "",
      "An option wins over the variable that is named beside it. Without any configuration the"
          + " server makes an administrator's key and says where it is."
    },
    footer = {
      "",
      "For example:",
      "  lakebed serve --data /srv/lakebed --bucket warehouse",
      "  lakebed serve --port 9000 --config docs/examples/lakekeeper.json"
    },
    abbreviateSynopsis = true,
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ServeCommand implements Callable<Integer> {
  /** A return value that means: the server runs, do not exit. */
  static final int RUNNING = -1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var parsed = spec.commandLine().getParseResult();
    new PayaraLauncher(SettingOptions.used(parsed, SettingOptions.names()))
        .start(SettingOptions.given(parsed, SettingOptions.names()));
    return RUNNING;
  }
}
