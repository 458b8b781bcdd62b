package dev.lakebed.ops;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every setting of the server. Each is an environment variable {@code LAKEBED_…} or a system or
 * MicroProfile Config property {@code lakebed.…}.
 */
public enum Setting {
  /** JSON file with identities, policies, roles, sts. */
  CONFIG("", "JSON configuration: identities, policies, roles, sts (SeaweedFS -s3.config)"),
  /** Second JSON file, merged with the first. */
  IAM_CONFIG("", "second JSON configuration, merged with the first (SeaweedFS -s3.iam.config)"),
  /** Whether the IAM API refuses changes. */
  IAM_READ_ONLY("true", "whether the IAM API refuses changes"),
  /** Directory of everything that is kept. */
  DATA("lakebed-data", "directory of everything that is kept"),
  /** Address that listeners bind to. */
  BIND("0.0.0.0", "address that the listeners bind to"),
  /** Port of S3, STS, IAM and S3 Tables. */
  PORT("8333", "port of S3, STS, IAM and S3 Tables"),
  /** The same over TLS. */
  HTTPS_PORT("0", "the same over TLS; 0 for none"),
  /** Certificate chain. */
  TLS_CERT("", "PEM file with the certificate chain for the TLS port"),
  /** Private key. */
  TLS_KEY("", "PEM file with the PKCS#8 private key for the TLS port"),
  /** Port of the Iceberg REST catalog. */
  ICEBERG_PORT("8181", "port of the Iceberg REST catalog; 0 for none"),
  /** General buckets made at start. */
  BUCKET("", "buckets made at start, separated by commas"),
  /** Table buckets made at start. */
  TABLE_BUCKET("", "table buckets made at start, separated by commas"),
  /** Buckets that pages of every origin may use. */
  CORS("", "buckets that pages of every origin may use (CORS), made at start, separated by commas"),
  /** Host names under which buckets are sub-domains. */
  DOMAIN("localhost", "host names whose sub-domains are buckets, separated by commas"),
  /** Host names that proxies in front present. */
  EXTERNAL_HOST("", "host names (with port) that clients sign when a proxy rewrites Host"),
  /** Peers whose X-Forwarded headers are believed. */
  TRUSTED_PROXY("", "addresses or CIDR ranges whose X-Forwarded-For and -Host are believed"),
  /** Region of buckets and ARNs. */
  REGION("us-east-1", "region of buckets and ARNs"),
  /** Whether Signature Version 2 is accepted. */
  SIGV2("true", "whether S3 accepts Signature Version 2: presigned URLs of older clients"),
  /** Access key of an administrator. */
  ACCESS_KEY("", "access key of an administrator, with LAKEBED_SECRET_KEY"),
  /** Its secret. */
  SECRET_KEY("", "secret key of that administrator"),
  /** Whether weak keys and the like stop the start. */
  STRICT("false", "refuse to start with weak keys"),
  /** External database. */
  DB_URL("", "JDBC URL of an external PostgreSQL; empty for the embedded one"),
  /** Its user. */
  DB_USER("", "user of the external database"),
  /** Its password. */
  DB_PASSWORD("", "password of the external database"),
  /** How log lines look. */
  LOG_FORMAT("text", "text or json"),
  /** Whether each request gets a line. */
  LOG_REQUESTS("false", "whether each request gets a log line"),
  /** Whether an audit trail is kept. */
  AUDIT("true", "whether an audit trail is kept in the data directory"),
  /** Size of one file of the trail. */
  AUDIT_FILE_MIB("64", "size in MiB at which a file of the audit trail is full"),
  /** Number of files of the trail. */
  AUDIT_FILES("16", "most files of the audit trail; the oldest is deleted"),
  /** Bound on requests with a body. */
  MAX_BODIES("1024", "most requests with a body in work at a time; more get 503 SlowDown"),
  /** Java options of the launcher. */
  JAVA_OPTS("", "options for the Java virtual machine, read by the launcher script"),
  /** Java of the launcher. */
  JAVA_HOME("", "JDK to run with, read by the launcher script");

  private final String defaultValue;
  private final String description;

  Setting(String defaultValue, String description) {
    this.defaultValue = defaultValue;
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
