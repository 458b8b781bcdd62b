package dev.lakebed.ops;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns setting values into {@link Settings} and collects every problem on the way. */
public final class SettingsReader {
  /** What the server needs for itself. */
  private static final int SERVER_MIB = 128;

  private static final int LEAST_BODIES = 16;
  private static final int MOST_BODIES = 1024;
  private static final String HOST = "[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\\[[0-9a-fA-F:.]+]";
  private static final int MOST_HOSTS = 16;
  private static final int LAST_PORT = 65_535;

  private final SettingValues values;

  private SettingsReader(SettingValues values) {
    this.values = values;
  }

  public static Settings read(Map<Setting, String> given) {
    SettingValues values = new SettingValues(given);
    Settings settings = new SettingsReader(values).settings();
    if (!values.problems().isEmpty()) {
      throw new InvalidSettingsException(values.problems());
    }
    return settings;
  }

  private Settings settings() {
    // The launcher script has read it; here it is only checked.
    values.flag(Setting.REBUILD);
    return new Settings(
        configFiles(),
        values.text(Setting.IAM_READ_ONLY).isEmpty()
            ? Optional.empty()
            : Optional.of(values.flag(Setting.IAM_READ_ONLY)),
        values.path(Setting.DATA).orElse(Path.of("")).toAbsolutePath(),
        listeners(),
        values.list(Setting.BUCKET),
        values.list(Setting.TABLE_BUCKET),
        values.list(Setting.CORS),
        network(),
        values.matching(
            Setting.REGION, "[a-zA-Z0-9-]{1,128}", "1 to 128 letters, digits and hyphens"),
        values.flag(Setting.SIGV2),
        administrator(),
        values.flag(Setting.STRICT),
        database(),
        new Settings.Logging(
            values.matching(Setting.LOG_FORMAT, "text|json", "text or json").equals("json"),
            values.flag(Setting.LOG_REQUESTS)),
        audit(),
        values.text(Setting.MAX_BODIES).isEmpty()
            ? bodiesFor(Runtime.getRuntime().maxMemory())
            : values.number(Setting.MAX_BODIES, 1, 100_000),
        values.number(Setting.MAX_CONNECTIONS, 1, 1_000_000),
        values.number(Setting.CLIENT_SHARE, 1, 100));
  }

  /** A body in work takes some 200 KiB, what is kept in memory of it aside. */
  static int bodiesFor(long heapBytes) {
    return Math.clamp((heapBytes >> 20) - SERVER_MIB, LEAST_BODIES, MOST_BODIES);
  }

  private Optional<Settings.Audit> audit() {
    Settings.Audit audit =
        new Settings.Audit(
            values.number(Setting.AUDIT_FILE_MIB, 1, 100_000),
            values.number(Setting.AUDIT_FILES, 2, 10_000));
    return values.flag(Setting.AUDIT) ? Optional.of(audit) : Optional.empty();
  }

  private List<Path> configFiles() {
    return Stream.of(Setting.CONFIG, Setting.IAM_CONFIG)
        .flatMap(setting -> values.path(setting).stream())
        .distinct()
        .toList();
  }

  private Settings.Network network() {
    return new Settings.Network(
        values.list(Setting.DOMAIN, MOST_HOSTS, HOST, "host names without scheme and port"),
        values.list(
            Setting.EXTERNAL_HOST,
            MOST_HOSTS,
            "(?:" + HOST + ")(?::\\d{1,5})?",
            "host names, with or without port, and without scheme"),
        values.list(Setting.TRUSTED_PROXY));
  }

  private Optional<Settings.Administrator> administrator() {
    values.requireBoth(Setting.ACCESS_KEY, Setting.SECRET_KEY);
    if (values.text(Setting.ACCESS_KEY).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Settings.Administrator(
            values.matching(
                Setting.ACCESS_KEY,
                "[!-~&&[^/,]]{1,128}",
                "1 to 128 visible ASCII characters other than slash and comma"),
            values.text(Setting.SECRET_KEY)));
  }

  private Settings.Listeners listeners() {
    Settings.Listeners listeners =
        new Settings.Listeners(
            values.matching(Setting.BIND, "\\S+", "an address of this machine, or 0.0.0.0 for all"),
            values.number(Setting.PORT, 1, LAST_PORT),
            values.number(Setting.HTTPS_PORT, 0, LAST_PORT),
            values.number(Setting.ICEBERG_PORT, 0, LAST_PORT),
            tls());
    requireTls(listeners);
    requireOwnPorts(ListenerSetting.of(listeners));
    return listeners;
  }

  private Optional<Settings.Tls> tls() {
    values.requireBoth(Setting.TLS_CERT, Setting.TLS_KEY);
    Optional<Path> key = values.path(Setting.TLS_KEY);
    return values.path(Setting.TLS_CERT).flatMap(cert -> key.map(k -> new Settings.Tls(cert, k)));
  }

  private void requireTls(Settings.Listeners listeners) {
    if (listeners.httpsPort() == 0) {
      values.requireWith(Setting.HTTPS_PORT, Setting.TLS_CERT, Setting.TLS_KEY);
    } else if (values.text(Setting.TLS_CERT).isEmpty() && values.text(Setting.TLS_KEY).isEmpty()) {
      // Payara would use a certificate whose key anybody can download.
      values.problem(Setting.HTTPS_PORT, "needs LAKEBED_TLS_CERT and LAKEBED_TLS_KEY");
    }
  }

  private void requireOwnPorts(List<ListenerSetting> listeners) {
    Map<Integer, Setting> taken = new HashMap<>();
    for (ListenerSetting listener : listeners) {
      Setting first = taken.putIfAbsent(listener.port(), listener.setting());
      if (first != null) {
        values.problem(
            listener.setting(),
            "is %d, as is %s; each needs a port of its own"
                .formatted(listener.port(), first.variable()));
      }
    }
  }

  private Optional<Settings.ExternalDatabase> database() {
    if (values.text(Setting.DB_URL).isEmpty()) {
      values.requireWith(Setting.DB_URL, Setting.DB_USER, Setting.DB_PASSWORD);
      return Optional.empty();
    }
    return Optional.of(
        new Settings.ExternalDatabase(
            values.matching(
                Setting.DB_URL, "jdbc:postgresql:.+", "a URL that begins with jdbc:postgresql:"),
            values.text(Setting.DB_USER),
            values.text(Setting.DB_PASSWORD)));
  }

  /** Settings that cannot be used; lists every problem. */
  public static final class InvalidSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public InvalidSettingsException(List<String> problems) {
      super(String.join("; ", problems));
      this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
      return problems;
    }
  }
}
