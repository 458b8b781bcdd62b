package dev.lakebed.front;

import dev.lakebed.audit.AuditLog;
import dev.lakebed.audit.AuditRecord;
import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Denial;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.http.Request;
import dev.lakebed.limit.ClientRate;
import dev.lakebed.operation.Effect;
import dev.lakebed.operation.Protocol;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Chooses the requests for the audit trail: refused ones, those of nobody, those of sessions, and
 * those that administer.
 */
final class AuditTrail {
  private static final Logger LOG = System.getLogger(AuditTrail.class.getName());
  private static final String OPERATOR = "Operator";

  /** A browser's question, never signed, that gives nothing to anybody. */
  private static final String PREFLIGHT = "PreflightCORS";

  /** Records of one client who did not sign; its flood must not push the others out. */
  private static final int UNSIGNED_PER_SECOND = 20;

  private final ClientRate unsigned = new ClientRate(UNSIGNED_PER_SECOND, System::nanoTime);
  private final Optional<AuditLog> log;
  private final TrustedProxies proxies;
  private final Map<Protocol.Kind, Protocol> protocols;

  /**
   * Writes there.
   *
   * @param log empty when no trail is kept
   * @param protocols know what their operations do
   */
  AuditTrail(Optional<AuditLog> log, TrustedProxies proxies, List<Protocol> protocols) {
    this.log = log;
    this.proxies = proxies;
    this.protocols =
        protocols.stream()
            .collect(Collectors.toUnmodifiableMap(Protocol::kind, protocol -> protocol));
  }

  void finished(
      Protocol.Kind protocol,
      Request request,
      String operation,
      Outcome outcome,
      Optional<Caller> caller) {
    if (log.isPresent()
        && isWanted(protocol, operation, outcome, caller)
        && hasRoom(request, outcome, caller)) {
      log.get().add(record(protocol, request, operation, outcome, caller));
    }
  }

  /** What nobody signed and was refused changed nothing: of a flood of it, a part will do. */
  private boolean hasRoom(Request request, Outcome outcome, Optional<Caller> caller) {
    boolean signed =
        caller.filter(one -> !(one.principal() instanceof Principal.Anonymous)).isPresent();
    if (signed || outcome.response().status() < 400) {
      return true;
    }
    String client = proxies.clientAddress(request);
    long leftOut = unsigned.permit(client);
    if (leftOut > 0) {
      LOG.log(
          Level.WARNING,
          "{0} refused requests that nobody signed were left out of the audit trail, some of {1}",
          leftOut,
          client);
    }
    return leftOut >= 0;
  }

  private boolean isWanted(
      Protocol.Kind protocol, String operation, Outcome outcome, Optional<Caller> caller) {
    if (operation.equals(PREFLIGHT)) {
      return false;
    }
    if (caller.isEmpty()) {
      int status = outcome.response().status();
      return status >= 400 && status < 500 && !operation.equals(OPERATOR);
    }
    return caller.get().principal() instanceof Principal.Anonymous
        || caller.get().principal() instanceof Principal.Session
        || !caller.get().denials().isEmpty()
        || outcome.response().status() == 403
        || isAdministrative(protocol, operation);
  }

  /** Changes of identities, sessions, policies and configuration. */
  private boolean isAdministrative(Protocol.Kind protocol, String operation) {
    return Optional.ofNullable(protocols.get(protocol))
        .map(known -> known.effect(operation))
        .filter(Effect.ADMINISTERS::equals)
        .isPresent();
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
        caller.isPresent() ? caller.get().accessKeyId() : outcome.keyClaimedBy(request),
        proxies.clientAddress(request),
        request.headers().first("user-agent"),
        protocol.name(),
        operation,
        request.method() + " " + request.target().path(),
        caller.flatMap(Caller::asked),
        isDenied(protocol, outcome, caller),
        denials,
        outcome.response().status(),
        outcome.errorCode());
  }

  /**
   * By a policy or a rule, because nobody knows the sender, or because a log-in failed. Anything
   * else that goes wrong is no matter of rights.
   */
  private static boolean isDenied(
      Protocol.Kind protocol, Outcome outcome, Optional<Caller> caller) {
    int status = outcome.response().status();
    if (caller.isEmpty() || !caller.get().denials().isEmpty() || status == 401 || status == 403) {
      return true;
    }
    boolean nobody = caller.get().principal() instanceof Principal.Anonymous;
    return nobody && protocol == Protocol.Kind.STS && status >= 400 && status < 500;
  }
}
