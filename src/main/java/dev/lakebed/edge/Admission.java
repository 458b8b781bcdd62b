package dev.lakebed.edge;

import dev.lakebed.auth.Caller;
import dev.lakebed.pipeline.Call;
import dev.lakebed.pipeline.Protocol;
import dev.lakebed.wire.Request;
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
