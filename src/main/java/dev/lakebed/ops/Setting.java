package dev.lakebed.ops;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Every setting of the server. Each is an environment variable {@code LAKEBED_…} or a system or
 * MicroProfile Config property {@code lakebed.…}.
 */
public enum Setting {
  CONFIG("", "FILE", "JSON configuration: identities, policies, roles, sts (SeaweedFS -s3.config)"),
  IAM_CONFIG(
      "", "FILE", "second JSON configuration, merged with the first (SeaweedFS -s3.iam.config)"),
  IAM_READ_ONLY(
      "",
      "true|false",
      "whether the IAM API refuses changes; if not given it does when a configuration file names"
          + " identities"),
  DATA("lakebed-data", "DIR", "directory of everything that is kept"),
  BIND("0.0.0.0", "ADDRESS", "address that the listeners bind to"),
  PORT("8333", "PORT", "port of S3, STS, IAM and S3 Tables"),
  HTTPS_PORT("0", "PORT", "the same over TLS; 0 for none"),
  TLS_CERT("", "FILE", "PEM file with the certificate chain for the TLS port"),
  TLS_KEY("", "FILE", "PEM file with the PKCS#8 private key for the TLS port"),
  ICEBERG_PORT("0", "PORT", "port of the Iceberg REST catalog, which is not built yet; 0 for none"),
  BUCKET("", "NAME[,NAME]", "buckets made at start, separated by commas"),
  TABLE_BUCKET("", "NAME[,NAME]", "table buckets made at start, separated by commas"),
  CORS(
      "",
      "NAME[,NAME]",
      "buckets that pages of every origin may use (CORS), made at start, separated by commas"),
  DOMAIN(
      "localhost",
      "HOST[,HOST]",
      "host names whose sub-domains are buckets, separated by commas; empty for none"),
  EXTERNAL_HOST(
      "", "HOST[,HOST]", "host names (with port) that clients sign when a proxy rewrites Host"),
  TRUSTED_PROXY(
      "", "CIDR[,CIDR]", "addresses or CIDR ranges whose X-Forwarded-For and -Host are believed"),
  REGION("us-east-1", "NAME", "region of buckets and ARNs"),
  SIGV2(
      "true",
      "true|false",
      "whether S3 accepts Signature Version 2: presigned URLs of older clients"),
  ACCESS_KEY(
      "",
      "ID",
      "access key of an administrator, with LAKEBED_SECRET_KEY; so is AWS_ACCESS_KEY_ID, with"
          + " AWS_SECRET_ACCESS_KEY"),
  SECRET_KEY("", "SECRET", "secret key of that administrator"),
  STRICT("false", "true|false", "refuse to start with weak keys"),
  DB_URL("", "URL", "JDBC URL of an external PostgreSQL; empty for the embedded one"),
  DB_USER("", "NAME", "user of the external database"),
  DB_PASSWORD("", "SECRET", "password of the external database"),
  LOG_FORMAT("text", "text|json", "text or json"),
  LOG_REQUESTS("false", "true|false", "whether each request gets a log line"),
  AUDIT("true", "true|false", "whether an audit trail is kept in the data directory"),
  AUDIT_FILE_MIB("64", "MIB", "size in MiB at which a file of the audit trail is full"),
  AUDIT_FILES("16", "N", "most files of the audit trail; the oldest is deleted"),
  MAX_BODIES(
      "",
      "N",
      "most requests with a body in work at a time; if not given, one for each MiB of heap above"
          + " 128, from 16 to 1024"),
  MAX_CONNECTIONS("8192", "N", "most connections at a time; more are closed at once"),
  CLIENT_SHARE(
      "50",
      "PERCENT",
      "percent of connections, requests, bodies, memory, database and policy evaluation that one"
          + " client address or access key may hold"),
  JAVA_OPTS("", "OPTIONS", "options for the Java virtual machine, read by the launcher script"),
  JAVA_HOME("", "DIR", "JDK to run with, read by the launcher script"),
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
   * The label tells people the form: {@code true|false} of switches, {@code NAME[,NAME]} of lists.
   */
  Setting(String defaultValue, String label, String description) {
    this.defaultValue = defaultValue;
    this.label = label;
    this.description = description;
  }

  public String variable() {
    return "LAKEBED_" + name();
  }

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

  public boolean isSwitch() {
    return label.equals("true|false");
  }

  public String label() {
    return label;
  }

  /** Value when none is given; empty for none. */
  public String defaultValue() {
    return defaultValue;
  }

  public String description() {
    return description;
  }
}
