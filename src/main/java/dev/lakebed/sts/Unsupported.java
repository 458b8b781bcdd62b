package dev.lakebed.sts;

import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryException;
import dev.lakebed.operation.query.QueryRequest;

/** Refuses parameters of AWS that this server has no meaning for: never ignored in silence. */
final class Unsupported {
  private Unsupported() {}

  static void refuse(QueryRequest request, String... parameters) {
    for (String parameter : parameters) {
      if (request.has(parameter)) {
        throw new QueryException(
            QueryError.NOT_IMPLEMENTED,
            "The parameter %s of %s is not implemented".formatted(parameter, request.action()));
      }
    }
  }
}
