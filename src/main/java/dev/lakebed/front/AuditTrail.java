package dev.lakebed.front;

import dev.lakebed.audit.AuditLog;
import dev.lakebed.audit.AuditRecord;
import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.http.Request;
import dev.lakebed.limit.ClientRate;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.operation.Protocol;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

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

  AuditTrail(Optional<AuditLog> log, TrustedProxies proxies) {
    this.log = log;
    this.proxies = proxies;
  }

  void add(EndedRequest ended) {
    if (log.isPresent() && isWanted(ended) && hasRoom(ended)) {
      log.get().add(record(ended));
    }
  }

  /** What nobody signed and was refused changed nothing: of a flood of it, a part will do. */
  private boolean hasRoom(EndedRequest ended) {
    if (!ended.isUnsigned() || ended.status() < 400) {
      return true;
    }
    String client = proxies.clientAddress(ended.request());
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

  private static boolean isWanted(EndedRequest ended) {
    if (ended.operation().equals(PREFLIGHT)) {
      return false;
    }
    if (ended.caller().isEmpty()) {
      int status = ended.status();
      return status >= 400 && status < 500 && !ended.operation().equals(OPERATOR);
    }
    Caller caller = ended.caller().get();
    return caller.principal() instanceof Principal.Anonymous
        || caller.principal() instanceof Principal.Session
        || !caller.denials().isEmpty()
        || ended.status() == 403
        || ended.protocol().effect(ended.operation()) == Effect.ADMINISTERS;
  }

  private AuditRecord record(EndedRequest ended) {
    Request request = ended.request();
    Optional<Caller> caller = ended.caller();
    return new AuditRecord(
        request.receivedAt(),
        request.id(),
        caller.map(Caller::principal),
        caller.isPresent() ? caller.get().accessKeyId() : ended.claimedKey(),
        proxies.clientAddress(request),
        request.headers().first("user-agent"),
        ended.protocol().kind().name(),
        ended.operation(),
        request.method() + " " + request.target().path(),
        caller.flatMap(Caller::asked),
        isDenied(ended),
        caller.map(Caller::denials).orElse(List.of()),
        ended.status(),
        ended.outcome().errorCode());
  }

  /**
   * By a policy or a rule, because nobody knows the sender, or because a log-in failed. Anything
   * else that goes wrong is no matter of rights.
   */
  private static boolean isDenied(EndedRequest ended) {
    int status = ended.status();
    boolean logIn = ended.isUnsigned() && ended.protocol().kind() == Protocol.Kind.STS;
    return ended.caller().isEmpty()
        || !ended.caller().get().denials().isEmpty()
        || status == 401
        || status == 403
        || (logIn && status >= 400 && status < 500);
  }
}
