package dev.lakebed.front;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.sigv4.CredentialScope;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Request;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Protocol;
import java.util.Optional;
import java.util.Set;

/** A request, authenticated as far as it got, and what became of it, for all that is written. */
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

  /** An answer, the code of its error, and the access key that a form claimed in vain. */
  record Outcome(Response response, Optional<String> errorCode, Optional<String> claimedKey) {
    /** Conditions and ranges: answers about what the client may have. */
    private static final Set<Integer> ABOUT_AN_OBJECT = Set.of(412, 416);

    static Outcome success(Response response) {
      return new Outcome(response, Optional.empty(), Optional.empty());
    }

    static Outcome failure(Response response, String code) {
      return new Outcome(response, Optional.of(code), Optional.empty());
    }

    /** The access key that the request claims, whether or not it was accepted. */
    Optional<String> keyClaimedBy(Request request) {
      return CredentialScope.claimedKey(
          request.headers().first("authorization"), request.query(), claimedKey);
    }

    /** Whether the client asked for what it may not have, or for nothing that there is. */
    boolean isRefusal() {
      int status = response.status();
      return status >= 400 && !ABOUT_AN_OBJECT.contains(status);
    }

    Outcome withError(String code) {
      return new Outcome(response, Optional.of(code), claimedKey);
    }

    /** The same, on a connection that is not used again. */
    Outcome closing() {
      Headers close = Headers.builder().add("connection", "close").build();
      return new Outcome(response.with(close), errorCode, claimedKey);
    }

    Outcome withClaim(Optional<String> key) {
      return new Outcome(response, errorCode, key);
    }
  }
}
