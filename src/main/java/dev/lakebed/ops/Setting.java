package dev.lakebed.ops;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Every setting of the server. Each is an environment variable {@code LAKEBED_…} or a system or
 * MicroProfile Config property {@code lakebed.…}.
 */
public enum Setting {
  /** JSON file with identities, policies, roles, sts. */
  CONFIG("", "FILE", "JSON configuration: identities, policies, roles, sts (SeaweedFS -s3.config)"),
  /** Second JSON file, merged with the first. */
  IAM_CONFIG(
      "", "FILE", "second JSON configuration, merged with the first (SeaweedFS -s3.iam.config)"),
  /** Whether the IAM API refuses changes. */
  IAM_READ_ONLY(
      "",
      "true|false",
      "whether the IAM API refuses changes; if not given it does when a configuration file names"
          + " identities"),
  /** Directory of everything that is kept. */
  DATA("lakebed-data", "DIR", "directory of everything that is kept"),
  /** Address that listeners bind to. */
  BIND("0.0.0.0", "ADDRESS", "address that the listeners bind to"),
  /** Port of S3, STS, IAM and S3 Tables. */
  PORT("8333", "PORT", "port of S3, STS, IAM and S3 Tables"),
  /** The same over TLS. */
  HTTPS_PORT("0", "PORT", "the same over TLS; 0 for none"),
  /** Certificate chain. */
  TLS_CERT("", "FILE", "PEM file with the certificate chain for the TLS port"),
  /** Private key. */
  TLS_KEY("", "FILE", "PEM file with the PKCS#8 private key for the TLS port"),
  /** Port of the Iceberg REST catalog. */
  ICEBERG_PORT("0", "PORT", "port of the Iceberg REST catalog, which is not built yet; 0 for none"),
  /** General buckets made at start. */
  BUCKET("", "NAME[,NAME]", "buckets made at start, separated by commas"),
  /** Table buckets made at start. */
  TABLE_BUCKET("", "NAME[,NAME]", "table buckets made at start, separated by commas"),
  /** Buckets that pages of every origin may use. */
  CORS(
      "",
      "NAME[,NAME]",
      "buckets that pages of every origin may use (CORS), made at start, separated by commas"),
  /** Host names under which buckets are sub-domains. */
  DOMAIN(
      "localhost",
      "HOST[,HOST]",
      "host names whose sub-domains are buckets, separated by commas; empty for none"),
  /** Host names that proxies in front present. */
  EXTERNAL_HOST(
      "", "HOST[,HOST]", "host names (with port) that clients sign when a proxy rewrites Host"),
  /** Peers whose X-Forwarded headers are believed. */
  TRUSTED_PROXY(
      "", "CIDR[,CIDR]", "addresses or CIDR ranges whose X-Forwarded-For and -Host are believed"),
  /** Region of buckets and ARNs. */
  REGION("us-east-1", "NAME", "region of buckets and ARNs"),
  /** Whether Signature Version 2 is accepted. */
  SIGV2(
      "true",
      "true|false",
      "whether S3 accepts Signature Version 2: presigned URLs of older clients"),
  /** Access key of an administrator. */
  ACCESS_KEY(
      "",
      "ID",
      "access key of an administrator, with LAKEBED_SECRET_KEY; so is AWS_ACCESS_KEY_ID, with"
          + " AWS_SECRET_ACCESS_KEY"),
  /** Its secret. */
  SECRET_KEY("", "SECRET", "secret key of that administrator"),
  /** Whether weak keys and the like stop the start. */
  STRICT("false", "true|false", "refuse to start with weak keys"),
  /** External database. */
  DB_URL("", "URL", "JDBC URL of an external PostgreSQL; empty for the embedded one"),
  /** Its user. */
  DB_USER("", "NAME", "user of the external database"),
  /** Its password. */
  DB_PASSWORD("", "SECRET", "password of the external database"),
  /** How log lines look. */
  LOG_FORMAT("text", "text|json", "text or json"),
  /** Whether each request gets a line. */
  LOG_REQUESTS("false", "true|false", "whether each request gets a log line"),
  /** Whether an audit trail is kept. */
  AUDIT("true", "true|false", "whether an audit trail is kept in the data directory"),
  /** Size of one file of the trail. */
  AUDIT_FILE_MIB("64", "MIB", "size in MiB at which a file of the audit trail is full"),
  /** Number of files of the trail. */
  AUDIT_FILES("16", "N", "most files of the audit trail; the oldest is deleted"),
  /** Bound on requests with a body. */
  MAX_BODIES(
      "",
      "N",
      "most requests with a body in work at a time; if not given, one for each MiB of heap above"
          + " 128, from 16 to 1024"),
  /** Bound on connections. */
  MAX_CONNECTIONS("8192", "N", "most connections at a time; more are closed at once"),
  /** What one client may hold. */
  CLIENT_SHARE(
      "50",
      "PERCENT",
      "percent of connections, requests, bodies, memory, database and policy evaluation that one"
          + " client address or access key may hold"),
  /** Java options of the launcher. */
  JAVA_OPTS("", "OPTIONS", "options for the Java virtual machine, read by the launcher script"),
  /** Java of the launcher. */
  JAVA_HOME("", "DIR", "JDK to run with, read by the launcher script"),
  /** Whether the launcher builds again. */
  REBUILD(
      "true",
      "true|false",
      "whether the launcher script builds again when sources are newer than the build");

  private static final Set<Setting> SECRET = EnumSet.of(ACCESS_KEY, SECRET_KEY, DB_PASSWORD);
  private static final Set<Setting> SCRIPT = EnumSet.of(JAVA_OPTS, JAVA_HOME, REBUILD);

  private final String defaultValue;
  private final String label;
  private final String description;

  /**
   * A setting.
   *
   * @param label form of a value, for people: {@code true|false} for a switch, {@code NAME[,NAME]}
   *     for a list
   */
  Setting(String defaultValue, String label, String description) {
    this.defaultValue = defaultValue;
    this.label = label;
    this.description = description;
  }

  /** Environment variable. */
  public String variable() {
    return "LAKEBED_" + name();
  }

  /** System or MicroProfile Config property. */
  public String property() {
    return "lakebed." + name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /**
   * Option of {@code lakebed serve}. Secrets have none, because everybody on the machine can read a
   * command line, and what the launcher script reads has none.
   */
  public Optional<String> option() {
    return SECRET.contains(this) || SCRIPT.contains(this)
        ? Optional.empty()
        : Optional.of("--" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** Whether its value is not to be shown; a URL may hold a password. */
  boolean isSecret() {
    return SECRET.contains(this) || this == DB_URL;
  }

  /** Whether it may be given several times, or as several values separated by commas. */
  public boolean isList() {
    return label.contains("[,");
  }

  /** Whether it is true or false, so that its option needs no value. */
  public boolean isSwitch() {
    return label.equals("true|false");
  }

  /** The form of a value, for people. */
  public String label() {
    return label;
  }

  /** Value when none is given; empty for none. */
  public String defaultValue() {
    return defaultValue;
  }

  /** One line for people. */
  public String description() {
    return description;
  }

  /** The setting of that environment variable. */
  static Optional<Setting> ofVariable(String variable) {
    return Arrays.stream(values()).filter(s -> s.variable().equals(variable)).findFirst();
  }

  /** The setting of that property. */
  static Optional<Setting> ofProperty(String property) {
    return Arrays.stream(values()).filter(s -> s.property().equals(property)).findFirst();
  }
}
