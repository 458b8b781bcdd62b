package dev.lakebed.iam.api;

import dev.lakebed.query.QueryXml;
import java.util.Optional;
import java.util.Set;

/**
 * One action of the API.
 *
 * @param parameters names it knows; any other is refused
 * @param aim what it is authorised on, as {@code iam:<name>}
 * @param work what it does once it is allowed
 */
record Action(String name, Set<String> parameters, Aim.Finder aim, Work work) {
  /** What an action does. */
  @FunctionalInterface
  interface Work {
    /** The inside of the answer; empty for an action that answers nothing. */
    Optional<QueryXml.Content> run(Exchange exchange);
  }

  /** Work whose answer has content. */
  @FunctionalInterface
  interface Answer {
    QueryXml.Content answer(Exchange exchange);
  }

  /** Work without content. */
  @FunctionalInterface
  interface Change {
    void change(Inventory inventory, Exchange exchange);
  }
}
