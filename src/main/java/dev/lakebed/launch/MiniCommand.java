package dev.lakebed.launch;

import dev.lakebed.ops.Setting;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * {@code lakebed mini}: takes the flags of {@code weed mini}, in both forms {@code -flag=value} and
 * {@code -flag value}. A flag without a meaning here is named in a warning.
 */
@Command(name = "mini", description = "Start the server with the flags of weed mini.")
final class MiniCommand implements Callable<Integer> {
  private static final Map<String, Setting> FLAGS =
      Map.ofEntries(
          Map.entry("dir", Setting.DATA),
          Map.entry("ip.bind", Setting.BIND),
          Map.entry("s3.port", Setting.PORT),
          Map.entry("s3.port.https", Setting.HTTPS_PORT),
          Map.entry("s3.port.iceberg", Setting.ICEBERG_PORT),
          Map.entry("s3.config", Setting.CONFIG),
          Map.entry("s3.iam.config", Setting.IAM_CONFIG),
          Map.entry("s3.iam.readOnly", Setting.IAM_READ_ONLY),
          Map.entry("s3.domainName", Setting.DOMAIN),
          Map.entry("s3.externalUrl", Setting.EXTERNAL_HOST),
          Map.entry("s3.cert.file", Setting.TLS_CERT),
          Map.entry("s3.key.file", Setting.TLS_KEY),
          Map.entry("bucket", Setting.BUCKET),
          Map.entry("tableBucket", Setting.TABLE_BUCKET));

  private static final Map<String, Setting> VARIABLES =
      Map.of("S3_BUCKET", Setting.BUCKET, "S3_TABLE_BUCKET", Setting.TABLE_BUCKET);

  @Spec private CommandSpec spec = CommandSpec.create();
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    new PayaraLauncher().start(settings());
    return ServeCommand.RUNNING;
  }

  private Map<Setting, String> settings() {
    Map<Setting, String> options = new EnumMap<>(Setting.class);
    VARIABLES.forEach(
        (variable, setting) -> {
          String value = System.getenv(variable);
          if (value != null && !value.isBlank()) {
            options.put(setting, value);
          }
        });
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("-")) {
        throw new CannotStartException(
            Main.UNUSABLE_CONFIGURATION, "mini does not understand " + argument);
      }
      String flag = argument.replaceFirst("^-{1,2}", "");
      int equals = flag.indexOf('=');
      String name = equals < 0 ? flag : flag.substring(0, equals);
      String value = "true";
      if (equals >= 0) {
        value = flag.substring(equals + 1);
      } else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("-")) {
        i++;
        value = arguments.get(i);
      }
      take(options, name, value);
    }
    return options;
  }

  private void take(Map<Setting, String> options, String name, String value) {
    Setting setting = FLAGS.get(name);
    if (setting == null) {
      spec.commandLine().getErr().println("warning: -" + name + " has no meaning here, ignored");
      return;
    }
    options.put(
        setting,
        switch (setting) {
          case EXTERNAL_HOST -> value.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
          case TABLE_BUCKET -> value.replaceAll(":ICEBERG\\b", "");
          default -> value;
        });
  }
}
