package dev.lakebed.tables.operation;

import dev.lakebed.http.Response;

/** What is done once the caller is known to be allowed. */
@FunctionalInterface
interface Work {
  /** Does it for a caller of that account. */
  Response run(String account);
}
