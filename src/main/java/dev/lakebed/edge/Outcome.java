package dev.lakebed.edge;

import dev.lakebed.wire.Response;
import java.util.Optional;

/**
 * An answer and, when it is an error, the error's code.
 *
 * @param errorCode code of a closed set, for metrics
 * @param claimedKey the access key that a form claimed and that was not accepted
 */
record Outcome(Response response, Optional<String> errorCode, Optional<String> claimedKey) {
  static Outcome success(Response response) {
    return new Outcome(response, Optional.empty(), Optional.empty());
  }

  static Outcome failure(Response response, String code) {
    return new Outcome(response, Optional.of(code), Optional.empty());
  }

  Outcome withError(String code) {
    return new Outcome(response, Optional.of(code), claimedKey);
  }

  Outcome withResponse(Response other) {
    return new Outcome(other, errorCode, claimedKey);
  }

  Outcome withClaim(Optional<String> key) {
    return new Outcome(response, errorCode, key);
  }
}
