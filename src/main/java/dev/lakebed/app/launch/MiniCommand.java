package dev.lakebed.app.launch;

import dev.lakebed.app.launch.Main.Version;
import dev.lakebed.ops.Setting;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * {@code lakebed mini}: takes the flags of {@code weed mini}, in all forms that it takes: {@code
 * -flag=value}, {@code -flag value}, {@code --flag=value}. A flag of SeaweedFS without a meaning
 * here is named in a warning; one that protects something, or that SeaweedFS does not know either,
 * is refused.
 */
@Command(
    name = "mini",
    description = {
      "Start the server with the flags of weed mini (SeaweedFS).",
      "",
      "Other flags of weed mini have no meaning here: they are taken, and a warning names them.",
      "Those that limit access or encrypt files are refused: -s3=false, -s3.iam=false, -whiteList,",
      "-disableHttp, -s3.allowedOrigins, -s3.cacert.file, -s3.tlsVerifyClientCert,",
      "-s3.encryptVolumeData, -filer.encryptVolumeData."
    },
    footer = {
      "",
      "S3_BUCKET, S3_TABLE_BUCKET and S3_EXTERNAL_URL are read as weed mini reads them, and all"
          + " LAKEBED_… variables count too.",
      "",
      "For example:",
      "  lakebed mini -dir=/data -bucket=warehouse -s3.config=s3.json"
    },
    abbreviateSynopsis = true,
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class MiniCommand implements Callable<Integer> {
  private static final Map<Setting, String> FLAGS = flags();

  /** Weed binds to -ip where -ip.bind is not given. */
  private static final String ADDRESS = "-ip";

  private static final Map<String, Setting> VARIABLES =
      Map.of(
          "S3_BUCKET", Setting.BUCKET,
          "S3_TABLE_BUCKET", Setting.TABLE_BUCKET,
          "S3_EXTERNAL_URL", Setting.EXTERNAL_HOST);

  /** What weed mini takes for parts that Lakebed does not have or does otherwise. */
  private static final Pattern WITHOUT_MEANING =
      Pattern.compile(
          "--?(?:(?:master|volume|filer|webdav|admin|worker|debug)(?:\\..+)?"
              + "|dataCenter|rack|idleTimeout|metricsPort|metricsIp"
              + "|cpuprofile|memprofile|options|s3"
              + "|s3\\.(?:port\\.grpc|port\\.lance|metricsPort|metricsIp|localFilerSocket"
              + "|localSocket|idleTimeout"
              + "|concurrentUploadLimitMB|concurrentFileUploadLimit|iam|dataCenter"
              + "|auditLogConfig|allowDeleteBucketNotEmpty|autoCreateBucket"
              + "|cacheCapacityMB|iceberg\\..+|debug\\..+))(?:=.*)?");

  /** What keeps somebody out, or data from being read, in weed mini: never to be passed over. */
  private static final Pattern PROTECTING =
      Pattern.compile(
          "--?(?:whiteList|disableHttp|(?:s3|filer)\\.encryptVolumeData"
              + "|s3\\.(?:allowedOrigins|cacert\\.file|tlsVerifyClientCert))"
              + "(?:=.*)?");

  /** A flag that protects from nothing. */
  private static final Pattern SWITCHED_OFF = Pattern.compile("[^=]*=(?:(?i:false|f)|0|\\*)?");

  /** Takes away from weed mini what Lakebed always serves. */
  private static final Pattern UNSERVED = Pattern.compile("--?s3(?:\\.iam)?=(?:(?i:false|f)|0)");

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Gives the command its flags. */
  static void addFlags(CommandSpec command) {
    FLAGS.forEach(
        (setting, flag) ->
            command.addOption(
                SettingOptions.option(
                    setting, setting.description() + ". " + setting.variable(), flag, "-" + flag)));
    command.addOption(
        SettingOptions.option(
            Setting.BIND, "the same, when -ip.bind is not given", ADDRESS, "-" + ADDRESS));
    command.parser().unmatchedArgumentsAllowed(true).posixClusteredShortOptionsAllowed(false);
  }

  @Override
  public Integer call() {
    refuseUnknown(spec.commandLine().getUnmatchedArguments());
    var parsed = spec.commandLine().getParseResult();
    Map<Setting, String> used = SettingOptions.used(parsed, Map.of(Setting.BIND, ADDRESS));
    used.putAll(SettingOptions.used(parsed, FLAGS));
    new PayaraLauncher(used).start(settings(System.getenv()));
    return ServeCommand.RUNNING;
  }

  /** What the variables and the flags that were parsed last come to. */
  Map<Setting, String> settings(Map<String, String> environment) {
    Map<Setting, String> settings = new EnumMap<>(Setting.class);
    VARIABLES.forEach(
        (variable, setting) -> {
          String value = environment.getOrDefault(variable, "");
          if (!value.isBlank()) {
            settings.put(setting, value);
          }
        });
    var parsed = spec.commandLine().getParseResult();
    settings.putAll(SettingOptions.given(parsed, Map.of(Setting.BIND, ADDRESS)));
    settings.putAll(SettingOptions.given(parsed, FLAGS));
    settings.replaceAll(MiniCommand::translated);
    return settings;
  }

  private static String translated(Setting setting, String value) {
    return switch (setting) {
      case EXTERNAL_HOST -> value.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
      case TABLE_BUCKET -> value.replaceAll(":ICEBERG\\b", "");
      default -> value;
    };
  }

  private void refuseUnknown(List<String> unmatched) {
    List<String> unknown = new ArrayList<>();
    boolean takesValue = false;
    for (String argument : unmatched) {
      if (isRefused(argument)) {
        throw new ParameterException(
            spec.commandLine(),
            argument
                + " protects something in weed mini and is not built here: leave it out if the"
                + " server may be reached and its files read without it");
      }
      if (PROTECTING.matcher(argument).matches() || WITHOUT_MEANING.matcher(argument).matches()) {
        String flag = argument.replaceFirst("=.*", "");
        String warning = "lakebed: warning: " + flag + " has no meaning here, ignored";
        spec.commandLine().getErr().println(warning);
        takesValue = !argument.contains("=");
      } else {
        if (!takesValue || argument.startsWith("-")) {
          unknown.add(argument);
        }
        takesValue = false;
      }
    }
    if (!unknown.isEmpty()) {
      throw new UnmatchedArgumentException(spec.commandLine(), unknown);
    }
  }

  private static boolean isRefused(String argument) {
    boolean protecting = PROTECTING.matcher(argument).matches();
    return (protecting && !SWITCHED_OFF.matcher(argument).matches())
        || UNSERVED.matcher(argument).matches();
  }

  private static Map<Setting, String> flags() {
    Map<Setting, String> flags = new LinkedHashMap<>();
    flags.put(Setting.DATA, "-dir");
    flags.put(Setting.BUCKET, "-bucket");
    flags.put(Setting.TABLE_BUCKET, "-tableBucket");
    flags.put(Setting.BIND, "-ip.bind");
    flags.put(Setting.PORT, "-s3.port");
    flags.put(Setting.HTTPS_PORT, "-s3.port.https");
    flags.put(Setting.ICEBERG_PORT, "-s3.port.iceberg");
    flags.put(Setting.CONFIG, "-s3.config");
    flags.put(Setting.IAM_CONFIG, "-s3.iam.config");
    flags.put(Setting.IAM_READ_ONLY, "-s3.iam.readOnly");
    flags.put(Setting.DOMAIN, "-s3.domainName");
    flags.put(Setting.EXTERNAL_HOST, "-s3.externalUrl");
    flags.put(Setting.TLS_CERT, "-s3.cert.file");
    flags.put(Setting.TLS_KEY, "-s3.key.file");
    return flags;
  }
}
