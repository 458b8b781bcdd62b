package dev.lakebed.tables.rest;

import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

public final class TablesRequest {
  private final OperationName operation;
  private final Function<String, List<String>> parameters;
  private final JsonMembers body;

  public TablesRequest(
      OperationName operation, Function<String, List<String>> parameters, JsonMembers body) {
    this.operation = operation;
    this.parameters = parameters;
    this.body = body;
  }

  public OperationName operation() {
    return operation;
  }

  /** The members of the body; none for operations without one. */
  public JsonMembers body() {
    return body;
  }

  public String required(String name) {
    return optional(name).orElseThrow(() -> TablesError.BAD_REQUEST.because(name + " is required"));
  }

  /** All values of a query parameter that may be given several times. */
  public List<String> all(String name) {
    return parameters.apply(name);
  }

  public Optional<String> optional(String name) {
    List<String> values = parameters.apply(name);
    if (values.size() > 1) {
      throw TablesError.BAD_REQUEST.because(name + " must be given once");
    }
    return values.stream().findFirst();
  }

  public String action() {
    return operation.action();
  }

  /** The call of this request. {@code work} is what is done for a caller of that account. */
  public Call call(Permission permission, Function<String, Response> work) {
    return call(List.of(permission), work);
  }

  public Call call(List<Permission> permissions, Function<String, Response> work) {
    return call(account -> permissions, work);
  }

  public Call call(Function<String, List<Permission>> needed, Function<String, Response> work) {
    return Call.needing(
        operation.api(),
        caller -> needed.apply(caller.principal().account()),
        caller -> work.apply(caller.principal().account()));
  }
}
