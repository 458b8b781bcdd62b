package dev.lakebed.operation;

import java.io.IOException;

/**
 * One operation of the API of any service.
 *
 * @param <R> what a protocol makes of a request before it knows the operation
 */
public interface Operation<R> {
  /** Name in the API, for example {@code PutObject}; for policies, logs and metrics. */
  String name();

  /** What it does to what is stored. */
  Effect effect();

  /**
   * Reads the parameters of a request and finds what they name. Changes nothing.
   *
   * @throws RuntimeException the protocol's own exception when a parameter is wrong
   */
  Call bind(R request) throws IOException;
}
