package dev.lakebed.ops;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns setting values into {@link Settings} and collects every problem on the way. */
public final class SettingsReader {
  /** What the server needs for itself. */
  private static final int SERVER_MIB = 128;

  private static final int LEAST_BODIES = 16;
  private static final int MOST_BODIES = 1024;

  private final Map<Setting, String> values;
  private final List<String> problems = new ArrayList<>();

  private SettingsReader(Map<Setting, String> values) {
    this.values = values;
  }

  /**
   * Parses and checks values; missing ones take their default.
   *
   * @throws InvalidSettingsException listing every problem
   */
  public static Settings read(Map<Setting, String> values) {
    SettingsReader reader = new SettingsReader(values);
    Settings settings = reader.settings();
    if (!reader.problems.isEmpty()) {
      throw new InvalidSettingsException(reader.problems);
    }
    return settings;
  }

  private Settings settings() {
    return new Settings(
        configFiles(),
        text(Setting.IAM_READ_ONLY).isEmpty()
            ? Optional.empty()
            : Optional.of(flag(Setting.IAM_READ_ONLY)),
        path(Setting.DATA).orElse(Path.of(Setting.DATA.defaultValue())).toAbsolutePath(),
        listeners(),
        list(Setting.BUCKET),
        list(Setting.TABLE_BUCKET),
        list(Setting.CORS),
        new Settings.Network(
            list(Setting.DOMAIN), list(Setting.EXTERNAL_HOST), list(Setting.TRUSTED_PROXY)),
        matching(Setting.REGION, "[a-zA-Z0-9-]{1,128}", "a region name"),
        flag(Setting.SIGV2),
        pair(Setting.ACCESS_KEY, Setting.SECRET_KEY, Settings.Administrator::new),
        flag(Setting.STRICT),
        database(),
        new Settings.Logging(
            matching(Setting.LOG_FORMAT, "text|json", "text or json").equals("json"),
            flag(Setting.LOG_REQUESTS)),
        audit(),
        text(Setting.MAX_BODIES).isEmpty()
            ? bodiesFor(Runtime.getRuntime().maxMemory())
            : number(Setting.MAX_BODIES, 1, 100_000),
        number(Setting.MAX_CONNECTIONS, 1, 1_000_000),
        number(Setting.CLIENT_SHARE, 1, 100));
  }

  /** A body in work takes some 200 KiB, what is kept in memory of it aside. */
  static int bodiesFor(long heapBytes) {
    return Math.clamp((heapBytes >> 20) - SERVER_MIB, LEAST_BODIES, MOST_BODIES);
  }

  private Optional<Settings.Audit> audit() {
    Settings.Audit audit =
        new Settings.Audit(
            number(Setting.AUDIT_FILE_MIB, 1, 100_000), number(Setting.AUDIT_FILES, 2, 10_000));
    return flag(Setting.AUDIT) ? Optional.of(audit) : Optional.empty();
  }

  private List<Path> configFiles() {
    List<Path> files = new ArrayList<>();
    path(Setting.CONFIG).ifPresent(files::add);
    path(Setting.IAM_CONFIG).filter(file -> !files.contains(file)).ifPresent(files::add);
    return List.copyOf(files);
  }

  private Settings.Listeners listeners() {
    int httpsPort = number(Setting.HTTPS_PORT, 0, 65_535);
    Optional<Settings.Tls> tls =
        pair(
            Setting.TLS_CERT,
            Setting.TLS_KEY,
            (certificate, key) -> new Settings.Tls(Path.of(certificate), Path.of(key)));
    if (httpsPort != 0 && text(Setting.TLS_CERT).isEmpty() && text(Setting.TLS_KEY).isEmpty()) {
      // Payara would use a certificate whose key anybody can download.
      problem(Setting.HTTPS_PORT, "needs LAKEBED_TLS_CERT and LAKEBED_TLS_KEY");
    }
    if (httpsPort == 0 && tls.isPresent()) {
      problem(Setting.TLS_CERT, "is given, but no LAKEBED_HTTPS_PORT, which would use it");
    }
    Settings.Listeners listeners =
        new Settings.Listeners(
            matching(Setting.BIND, "\\S+", "an address of this machine, or 0.0.0.0 for all"),
            number(Setting.PORT, 1, 65_535),
            httpsPort,
            number(Setting.ICEBERG_PORT, 0, 65_535),
            tls);
    requireOwnPorts(ListenerSetting.of(listeners));
    return listeners;
  }

  private void requireOwnPorts(List<ListenerSetting> listeners) {
    Map<Integer, Setting> taken = new HashMap<>();
    for (ListenerSetting listener : listeners) {
      Setting first = taken.putIfAbsent(listener.port(), listener.setting());
      if (first != null) {
        problem(
            listener.setting(),
            "is %d, as is %s; each needs a port of its own"
                .formatted(listener.port(), first.variable()));
      }
    }
  }

  private Optional<Settings.ExternalDatabase> database() {
    String url = text(Setting.DB_URL);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    if (!url.startsWith("jdbc:postgresql:")) {
      problem(Setting.DB_URL, "is not a jdbc:postgresql: URL");
    }
    return Optional.of(
        new Settings.ExternalDatabase(url, text(Setting.DB_USER), text(Setting.DB_PASSWORD)));
  }

  private String text(Setting setting) {
    return values.getOrDefault(setting, setting.defaultValue()).strip();
  }

  private List<String> list(Setting setting) {
    return Arrays.stream(text(setting).split(","))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  private boolean flag(Setting setting) {
    return matching(setting, "true|false", "true or false").equals("true");
  }

  private String matching(Setting setting, String pattern, String wanted) {
    String text = text(setting);
    if (!text.matches(pattern)) {
      problem(setting, "must be " + wanted);
    }
    return text;
  }

  private int number(Setting setting, int least, int most) {
    String text = text(setting);
    if (text.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    problem(setting, "must be a number from " + least + " to " + most);
    return least;
  }

  private Optional<Path> path(Setting setting) {
    String text = text(setting);
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException invalid) {
      problem(setting, "is not a path");
      return Optional.empty();
    }
  }

  private <T> Optional<T> pair(Setting one, Setting other, Pair<T> make) {
    String first = text(one);
    String second = text(other);
    if (first.isEmpty() != second.isEmpty()) {
      problem(
          first.isEmpty() ? one : other,
          "is missing; it goes with " + (first.isEmpty() ? other : one).variable());
    }
    return first.isEmpty() || second.isEmpty()
        ? Optional.empty()
        : Optional.of(make.of(first, second));
  }

  private void problem(Setting setting, String sentence) {
    problems.add(setting.variable() + " " + sentence);
  }

  /** Makes a value of two texts. */
  @FunctionalInterface
  private interface Pair<T> {
    T of(String first, String second);
  }
}
