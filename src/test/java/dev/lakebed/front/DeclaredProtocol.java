package dev.lakebed.front;

import dev.lakebed.http.Request;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.operation.Protocol;
import java.util.Collection;
import java.util.List;

/** A protocol whose operations all do the same. */
record DeclaredProtocol(Kind kind, Effect declared) implements Protocol {
  @Override
  public Collection<Operation<?>> operations() {
    return List.of();
  }

  @Override
  public Effect effect(String operation) {
    return declared;
  }

  @Override
  public Call resolve(Request request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Response error(Request request, Throwable failure) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String errorCode(Request request, Throwable failure) {
    throw new UnsupportedOperationException();
  }
}
