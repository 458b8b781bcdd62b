package dev.lakebed.launch;

import dev.lakebed.ops.Setting;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lakebed serve}. Each option is also a {@code LAKEBED_…} variable; the option wins. */
@Command(
    name = "serve",
    description = "Start the server; Ctrl-C stops it.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  /** A return value that means: the server runs, do not exit. */
  static final int RUNNING = -1;

  @Option(names = "--config", paramLabel = "FILE", description = "JSON configuration")
  private @Nullable String config;

  @Option(names = "--iam-config", paramLabel = "FILE", description = "second JSON configuration")
  private @Nullable String iamConfig;

  @Option(names = "--data", paramLabel = "DIR", description = "where everything is kept")
  private @Nullable String data;

  @Option(names = "--bind", paramLabel = "ADDRESS", description = "address to listen on")
  private @Nullable String bind;

  @Option(names = "--port", description = "port of S3, STS, IAM, S3 Tables")
  private @Nullable String port;

  @Option(names = "--https-port", description = "the same over TLS")
  private @Nullable String httpsPort;

  @Option(names = "--tls-cert", paramLabel = "PEM", description = "certificate chain")
  private @Nullable String tlsCertificate;

  @Option(names = "--tls-key", paramLabel = "PEM", description = "private key, PKCS#8")
  private @Nullable String tlsKey;

  @Option(names = "--iceberg-port", description = "port of the Iceberg REST catalog")
  private @Nullable String icebergPort;

  @Option(names = "--bucket", paramLabel = "NAME", description = "bucket to make at start")
  private List<String> buckets = List.of();

  @Option(names = "--table-bucket", paramLabel = "NAME", description = "table bucket to make")
  private List<String> tableBuckets = List.of();

  @Option(
      names = "--cors",
      paramLabel = "NAME",
      description = "bucket that pages of every origin may use")
  private List<String> corsBuckets = List.of();

  @Option(
      names = "--domain",
      paramLabel = "HOST",
      description = "host whose sub-domains are buckets")
  private List<String> domains = List.of();

  @Override
  public Integer call() {
    Map<Setting, String> options = new EnumMap<>(Setting.class);
    put(options, Setting.CONFIG, config);
    put(options, Setting.IAM_CONFIG, iamConfig);
    put(options, Setting.DATA, data);
    put(options, Setting.BIND, bind);
    put(options, Setting.PORT, port);
    put(options, Setting.HTTPS_PORT, httpsPort);
    put(options, Setting.TLS_CERT, tlsCertificate);
    put(options, Setting.TLS_KEY, tlsKey);
    put(options, Setting.ICEBERG_PORT, icebergPort);
    put(options, Setting.BUCKET, joined(buckets));
    put(options, Setting.TABLE_BUCKET, joined(tableBuckets));
    put(options, Setting.CORS, joined(corsBuckets));
    put(options, Setting.DOMAIN, joined(domains));
    new PayaraLauncher().start(options);
    return RUNNING;
  }

  private static @Nullable String joined(List<String> names) {
    return names.isEmpty() ? null : String.join(",", names);
  }

  private static void put(Map<Setting, String> options, Setting setting, @Nullable String value) {
    if (value != null) {
      options.put(setting, value);
    }
  }
}
