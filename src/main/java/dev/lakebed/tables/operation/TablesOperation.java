package dev.lakebed.tables.operation;

import dev.lakebed.operation.Call;
import dev.lakebed.operation.Effect;
import dev.lakebed.operation.Operation;
import dev.lakebed.tables.route.Arguments;
import dev.lakebed.tables.route.OperationName;
import java.util.function.Function;

/**
 * One operation of the API. Those of method GET change nothing.
 *
 * @param preparation parses the parameters and finds what they name, so that permission can be
 *     asked on it; tells nothing about what exists
 */
record TablesOperation(OperationName operation, Function<Arguments, Call> preparation)
    implements Operation<Arguments> {
  @Override
  public String name() {
    return operation.api();
  }

  @Override
  public Effect effect() {
    return operation.reads() ? Effect.READS : Effect.ADMINISTERS;
  }

  @Override
  public Call bind(Arguments arguments) {
    return preparation.apply(arguments);
  }
}
