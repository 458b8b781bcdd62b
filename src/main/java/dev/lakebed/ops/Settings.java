package dev.lakebed.ops;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The settings, parsed and checked; {@link Setting} says what they are. {@code iamReadOnly} is
 * empty when it depends on the files, {@code database} for the embedded one.
 */
public record Settings(
    List<Path> configFiles,
    Optional<Boolean> iamReadOnly,
    Path data,
    Listeners listeners,
    List<String> buckets,
    List<String> tableBuckets,
    List<String> corsBuckets,
    Network network,
    String region,
    boolean signatureVersion2,
    Optional<Administrator> administrator,
    boolean strict,
    Optional<ExternalDatabase> database,
    Logging logging,
    Optional<Audit> audit,
    int maxBodies,
    int maxConnections,
    int clientShare) {

  /** Where the server listens; a port of 0 is none. */
  public record Listeners(
      String bind, int port, int httpsPort, int icebergPort, Optional<Tls> tls) {
    /** Whether only this machine can connect. */
    public boolean loopbackOnly() {
      return bind.startsWith("127.") || bind.equals("::1") || bind.equals("localhost");
    }
  }

  public record Tls(Path certificate, Path key) {}

  public record Network(
      List<String> domains, List<String> externalHosts, List<String> trustedProxies) {}

  public record Administrator(String accessKey, String secretKey) {
    @Override
    public String toString() {
      return "Administrator[" + accessKey + "]";
    }
  }

  public record ExternalDatabase(String url, String user, String password) {
    /** Leaves the password out, also one that is a parameter of the URL. */
    @Override
    public String toString() {
      return "ExternalDatabase[" + url.replaceFirst("\\?.*", "") + "]";
    }
  }

  /** How much of the audit trail is kept: the size at which a file is full, and most files. */
  public record Audit(int fileMebibytes, int files) {}

  public record Logging(boolean json, boolean requests) {}
}
