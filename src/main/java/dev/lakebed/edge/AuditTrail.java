package dev.lakebed.edge;

import dev.lakebed.audit.AuditLog;
import dev.lakebed.audit.AuditRecord;
import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Denial;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.pipeline.Protocol;
import dev.lakebed.wire.Request;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chooses the requests for the audit trail: refused ones, those of nobody, those of sessions, and
 * those that administer.
 */
final class AuditTrail {
  private static final Pattern CLAIM = Pattern.compile("Credential=([!-~&&[^/,]]{1,128})/");
  private static final Pattern S3_CONFIGURATION =
      Pattern.compile(
          "(?:Put|Delete|Create|Update)(?:Bucket\\w*|PublicAccessBlock|ObjectLock\\w*)");

  private final Optional<AuditLog> log;
  private final TrustedProxies proxies;

  /**
   * Writes there.
   *
   * @param log empty when no trail is kept
   */
  AuditTrail(Optional<AuditLog> log, TrustedProxies proxies) {
    this.log = log;
    this.proxies = proxies;
  }

  void finished(
      Protocol.Kind protocol,
      Request request,
      String operation,
      Outcome outcome,
      Optional<Caller> caller) {
    if (log.isPresent() && isWanted(protocol, operation, outcome, caller)) {
      log.get().add(record(protocol, request, operation, outcome, caller));
    }
  }

  private static boolean isWanted(
      Protocol.Kind protocol, String operation, Outcome outcome, Optional<Caller> caller) {
    if (caller.isEmpty()) {
      int status = outcome.response().status();
      return status >= 400 && status < 500;
    }
    return caller.get().principal() instanceof Principal.Anonymous
        || caller.get().principal() instanceof Principal.Session
        || !caller.get().denials().isEmpty()
        || outcome.response().status() == 403
        || isAdministrative(protocol, operation);
  }

  /** Changes of identities, sessions, policies and configuration. */
  private static boolean isAdministrative(Protocol.Kind protocol, String operation) {
    return switch (protocol) {
      case IAM, STS -> true;
      case S3 -> S3_CONFIGURATION.matcher(operation).matches();
      case S3TABLES, ICEBERG -> !operation.startsWith("Get") && !operation.startsWith("List");
    };
  }

  private AuditRecord record(
      Protocol.Kind protocol,
      Request request,
      String operation,
      Outcome outcome,
      Optional<Caller> caller) {
    List<Denial> denials = caller.map(Caller::denials).orElse(List.of());
    return new AuditRecord(
        request.receivedAt(),
        request.id(),
        caller.map(Caller::principal),
        caller.isPresent() ? caller.get().accessKeyId() : claimed(request),
        proxies.clientAddress(request),
        request.headers().first("user-agent"),
        protocol.name(),
        operation,
        caller.flatMap(Caller::asked),
        denials.stream().findFirst(),
        denials.size(),
        outcome.response().status(),
        outcome.errorCode());
  }

  private static Optional<String> claimed(Request request) {
    String claim =
        request
            .headers()
            .first("authorization")
            .orElseGet(() -> "Credential=" + request.query().first("X-Amz-Credential").orElse(""));
    Matcher key = CLAIM.matcher(claim);
    return key.find() ? Optional.of(key.group(1)) : Optional.empty();
  }
}
