package dev.lakebed.front;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Request;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Protocol;
import java.util.Optional;

/** What the first three stages made of a request. */
sealed interface Admission {
  /** The request, authenticated as far as it got. */
  Request request();

  /** May run. */
  record Granted(Protocol protocol, Request request, Call call, Caller caller)
      implements Admission {}

  /**
   * Was answered already.
   *
   * @param caller who asked, when that is known
   */
  record Answered(
      Protocol protocol,
      Request request,
      String operation,
      Optional<Caller> caller,
      Outcome outcome)
      implements Admission {}
}
