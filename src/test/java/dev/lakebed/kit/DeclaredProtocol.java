package dev.lakebed.kit;

import dev.lakebed.http.Request;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.operation.Protocol;
import java.util.Collection;
import java.util.List;

/** A protocol that only says what it is, and what all its operations do. */
public class DeclaredProtocol implements Protocol {
  private final Kind kind;
  private final Effect declared;

  /** A protocol whose operations read. */
  public DeclaredProtocol(Kind kind) {
    this(kind, Effect.READS);
  }

  /** A protocol whose operations all do the same. */
  public DeclaredProtocol(Kind kind, Effect declared) {
    this.kind = kind;
    this.declared = declared;
  }

  @Override
  public Kind kind() {
    return kind;
  }

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
