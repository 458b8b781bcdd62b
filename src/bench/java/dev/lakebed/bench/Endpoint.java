package dev.lakebed.bench;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A server to load.
 *
 * @param host the Host header
 * @param keys credentials; without them requests are anonymous
 * @param bucket the bucket that receives the objects
 * @param pids server processes whose CPU time is read, with their children
 * @param hashBodies whether S3 bodies are signed with their SHA-256
 * @param onlyFiles whether it is a web server that knows no more of S3 than objects
 */
record Endpoint(
    String name,
    InetSocketAddress address,
    String host,
    Optional<Keys> keys,
    String region,
    String bucket,
    List<Long> pids,
    boolean hashBodies,
    boolean onlyFiles) {
  private static final Set<String> NAMES =
      Set.of(
          "name",
          "url",
          "access",
          "secret",
          "secret-env",
          "token",
          "region",
          "bucket",
          "payload",
          "serves");

  Endpoint {
    pids = List.copyOf(pids);
  }

  /**
   * Reads {@code name=lakebed,url=http://127.0.0.1:8333,access=…,secret=…}. Further settings:
   * {@code secret-env} (name of the variable that holds the secret), {@code token}, {@code region},
   * {@code bucket}, {@code pid} (may repeat), {@code payload=hex|unsigned}, {@code
   * serves=s3|files}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Endpoint parse(String text) {
    Map<String, String> settings = new HashMap<>();
    List<Long> pids = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      String value = part.substring(equals + 1);
      if (name.equals("pid")) {
        pids.add(Long.valueOf(value));
      } else if (!NAMES.contains(name) || settings.put(name, value) != null) {
        throw new IllegalArgumentException("unknown or repeated endpoint setting: " + name);
      }
    }
    URI uri = URI.create(settings.getOrDefault("url", ""));
    if (!"http".equals(uri.getScheme()) || uri.getHost() == null || !uri.getPath().isEmpty()) {
      throw new IllegalArgumentException("url must be http://host[:port]");
    }
    boolean hashBodies = isSecond(settings, "payload", "unsigned", "hex");
    boolean onlyFiles = isSecond(settings, "serves", "s3", "files");
    return new Endpoint(
        settings.getOrDefault("name", uri.getAuthority()),
        new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort()),
        uri.getAuthority(),
        keys(settings),
        settings.getOrDefault("region", "us-east-1"),
        settings.getOrDefault("bucket", "lakebed-bench"),
        pids,
        hashBodies,
        onlyFiles);
  }

  /** Whether a setting with two values has the one that is not taken by default. */
  private static boolean isSecond(
      Map<String, String> settings, String name, String first, String second) {
    String value = settings.getOrDefault(name, first);
    if (!value.equals(first) && !value.equals(second)) {
      throw new IllegalArgumentException(name + " must be " + first + " or " + second);
    }
    return value.equals(second);
  }

  private static Optional<Keys> keys(Map<String, String> settings) {
    String variable = settings.get("secret-env");
    String secret =
        variable == null ? settings.get("secret") : System.getenv().getOrDefault(variable, "");
    String access = settings.get("access");
    if (access == null && secret == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Keys(
            access == null ? "" : access,
            secret == null ? "" : secret,
            Optional.ofNullable(settings.get("token"))));
  }

  /** The same server under another name, loaded by somebody else. */
  Endpoint as(String otherName, Keys otherKeys) {
    return new Endpoint(
        otherName,
        address,
        host,
        Optional.of(otherKeys),
        region,
        bucket,
        pids,
        hashBodies,
        onlyFiles);
  }

  /** Whether the server is one that can answer it. */
  boolean offers(Operation operation) {
    return switch (operation.needs()) {
      case FILES -> true;
      case S3 -> !onlyFiles;
      case KEYS -> !onlyFiles && keys.isPresent();
    };
  }

  boolean onLoopback() {
    return !address.isUnresolved() && address.getAddress().isLoopbackAddress();
  }
}
