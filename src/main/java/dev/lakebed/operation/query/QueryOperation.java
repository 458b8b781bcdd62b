package dev.lakebed.operation.query;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Effect;
import dev.lakebed.operation.Operation;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * An operation of a service that speaks the Query protocol. Each makes, ends, changes or tells
 * about identities and sessions.
 *
 * @param service whose it is
 * @param authorization how it is authorised
 * @param reader reads the parameters
 * @param needed what the caller must be allowed; see {@link Call#permissions}
 * @param work runs it; an empty answer is one without a result
 * @param <P> its parameters
 */
public record QueryOperation<P>(
    QueryService service,
    String name,
    Call.Authorization authorization,
    Function<QueryCall, P> reader,
    BiFunction<P, Caller, List<Permission>> needed,
    BiFunction<P, Caller, Optional<QueryXml.Content>> work)
    implements Operation<QueryCall> {
  @Override
  public Effect effect() {
    return Effect.ADMINISTERS;
  }

  @Override
  public Call bind(QueryCall call) {
    return new Bound<>(this, call, reader.apply(call));
  }

  private record Bound<P>(QueryOperation<P> target, QueryCall call, P parameters) implements Call {
    @Override
    public String operation() {
      return target.name();
    }

    @Override
    public Authorization authorization() {
      return target.authorization();
    }

    @Override
    public List<Permission> permissions(Caller caller) {
      return target.needed().apply(parameters, caller);
    }

    @Override
    public Response execute(Caller caller) {
      return target
          .work()
          .apply(parameters, caller)
          .map(content -> target.service().success(call.request(), target.name(), content))
          .orElseGet(() -> target.service().success(call.request(), target.name()));
    }
  }
}
