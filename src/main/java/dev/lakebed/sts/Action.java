package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.operation.query.QueryXml;

/** An action that nobody needs to sign, with its parameters read. */
@FunctionalInterface
interface Action {
  /** Runs it for a source address. */
  QueryXml.Content run(String address, Caller caller);
}
