package dev.lakebed.tables.rest;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The operation of a request with its parameters. */
public final class TablesRequest {
  private final OperationName operation;
  private final Function<String, List<String>> parameters;
  private final JsonMembers body;

  TablesRequest(
      OperationName operation, Function<String, List<String>> parameters, JsonMembers body) {
    this.operation = operation;
    this.parameters = parameters;
    this.body = body;
  }

  /** Which operation. */
  public OperationName operation() {
    return operation;
  }

  /** The members of the body; none for operations without one. */
  public JsonMembers body() {
    return body;
  }

  /** A path or query parameter that must be there. */
  public String required(String name) {
    return optional(name).orElseThrow(() -> TablesError.BAD_REQUEST.because(name + " is required"));
  }

  /** All values of a query parameter that may be given several times. */
  public List<String> all(String name) {
    return parameters.apply(name);
  }

  /** A path or query parameter. */
  public Optional<String> optional(String name) {
    List<String> values = parameters.apply(name);
    if (values.size() > 1) {
      throw TablesError.BAD_REQUEST.because(name + " must be given once");
    }
    return values.stream().findFirst();
  }
}
