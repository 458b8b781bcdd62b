package dev.lakebed.front;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Principal;
import dev.lakebed.http.Request;
import dev.lakebed.operation.Protocol;
import java.util.Optional;

/**
 * A request with what became of it, for everything that is written down about requests.
 *
 * @param request authenticated as far as it got
 * @param operation name of its operation, as far as that is known
 * @param caller who asked, when that is known
 */
record EndedRequest(
    Protocol protocol,
    Request request,
    String operation,
    Optional<Caller> caller,
    Outcome outcome) {
  int status() {
    return outcome.response().status();
  }

  /** Whether nobody signed it, or nobody knows who did. */
  boolean isUnsigned() {
    return caller.isEmpty() || caller.get().principal() instanceof Principal.Anonymous;
  }

  /** The access key that it claims, whether or not it was accepted. */
  Optional<String> claimedKey() {
    return outcome.keyClaimedBy(request);
  }

  /** The same, with an answer that ends its connection. */
  EndedRequest closing() {
    return new EndedRequest(protocol, request, operation, caller, outcome.closing());
  }
}
