package dev.lakebed.iam.api;

import dev.lakebed.operation.query.QueryException;
import dev.lakebed.operation.query.QueryRequest;

/** What a request may hold under one name, by the service model of IAM. */
sealed interface Input permits Parameter, Whole, Flag, Texts, Structures {
  /** As on the wire. */
  String name();

  /** Whether the request holds it; an empty list counts. */
  default boolean isIn(QueryRequest query) {
    return query.has(name());
  }

  /** Refuses what breaks the limits, with ValidationError; what is absent breaks none. */
  void check(QueryRequest query);

  default QueryException missing() {
    return Parameter.violated(name(), "Member must not be null");
  }
}
