package dev.lakebed.edge;

import dev.lakebed.wire.Response;
import java.util.Optional;

/**
 * An answer and, when it is an error, the error's code.
 *
 * @param errorCode code of a closed set, for metrics
 */
record Outcome(Response response, Optional<String> errorCode) {
  static Outcome success(Response response) {
    return new Outcome(response, Optional.empty());
  }

  Outcome withError(String code) {
    return new Outcome(response, Optional.of(code));
  }
}
