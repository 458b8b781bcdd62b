package dev.lakebed.audit;

import dev.lakebed.auth.Denial;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One request that matters to an auditor. Holds no secret: no signature, token or header but the
 * user agent.
 *
 * @param caller who; empty when the request was refused before that was known
 * @param accessKeyId the key that signed, or that the request claims to be signed with
 * @param sourceIp address of the client, proxies that are trusted left out
 * @param request method and path, without the query, which can hold signatures
 * @param asked the first permission that was asked for
 * @param denied whether the request was refused for want of rights or of a sender
 * @param denials refusals by policies and rules, the first ones
 * @param errorCode code of the error answer
 */
public record AuditRecord(
    Instant time,
    String requestId,
    Optional<Principal> caller,
    Optional<String> accessKeyId,
    String sourceIp,
    Optional<String> userAgent,
    String protocol,
    String operation,
    String request,
    Optional<Permission> asked,
    boolean denied,
    List<Denial> denials,
    int status,
    Optional<String> errorCode) {
  /** Copies the list. */
  public AuditRecord {
    denials = List.copyOf(denials);
  }
}
