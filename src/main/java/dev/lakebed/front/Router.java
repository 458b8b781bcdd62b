package dev.lakebed.front;

import dev.lakebed.auth.sigv4.CredentialScope;
import dev.lakebed.http.Request;
import dev.lakebed.operation.Protocol;
import dev.lakebed.operation.Protocol.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the protocol. The service name in the credential scope decides, because paths do not: a
 * bucket may be called {@code buckets} or {@code tables}. Requests without a scope are told apart
 * by what only one protocol sends.
 */
final class Router {
  private static final String ICEBERG_PREFIX = "/iceberg/";

  /** Where federated log-ins come unsigned. No S3 request has an Action or such a form. */
  private static final Set<String> STS_PATHS = Set.of("/", "/sts", "/sts/");

  private final Map<Kind, Protocol> protocols = new EnumMap<>(Kind.class);
  private final int icebergPort;

  Router(List<Protocol> protocols, int icebergPort) {
    protocols.forEach(protocol -> this.protocols.put(protocol.kind(), protocol));
    this.icebergPort = icebergPort;
  }

  Protocol route(Request request) {
    return protocol(kind(request));
  }

  Protocol protocol(Kind kind) {
    Protocol protocol = protocols.get(kind);
    if (protocol == null) {
      throw new IllegalStateException("no protocol for " + kind);
    }
    return protocol;
  }

  private Kind kind(Request request) {
    if (request.connection().localPort() == icebergPort) {
      return Kind.ICEBERG;
    }
    Optional<String> service = CredentialScope.peek(request);
    if (service.isPresent()) {
      return switch (service.get()) {
        case "s3tables" ->
            request.target().path().startsWith(ICEBERG_PREFIX) ? Kind.ICEBERG : Kind.S3TABLES;
        case "sts" -> Kind.STS;
        case "iam" -> Kind.IAM;
        // Signed for the wrong service: STS says so, S3 would look for a bucket.
        case "s3" -> request.query().all().isEmpty() && isQuery(request) ? Kind.STS : Kind.S3;
        default -> Kind.S3;
      };
    }
    return unscoped(request);
  }

  private static Kind unscoped(Request request) {
    String target = request.headers().first("x-amz-target").orElse("");
    if (target.startsWith("S3Tables.")) {
      return Kind.S3TABLES;
    }
    if (request.target().path().startsWith(ICEBERG_PREFIX)
        && begins(request, "authorization", "bearer ")) {
      return Kind.ICEBERG;
    }
    return isQuery(request) ? Kind.STS : Kind.S3;
  }

  private static boolean isQuery(Request request) {
    return STS_PATHS.contains(request.target().path())
        && (request.query().has("Action") || isForm(request));
  }

  private static boolean begins(Request request, String header, String text) {
    String value = request.headers().first(header).orElse("");
    return value.regionMatches(true, 0, text, 0, text.length());
  }

  private static boolean isForm(Request request) {
    return request.method().equals("POST")
        && begins(request, "content-type", "application/x-www-form-urlencoded");
  }
}
