package dev.lakebed.iceberg;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.Denial.AccessDeniedException;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Request;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.limit.ServerBusyException;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.operation.Protocol;
import dev.lakebed.task.FailureLog;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * Answers in the error form of the Iceberg REST specification ({@code ErrorModel}). No operation is
 * built yet.
 */
public final class IcebergProtocol implements Protocol {
  private static final FailureLog FAILURES =
      new FailureLog(System.getLogger(IcebergProtocol.class.getName()), System::nanoTime);

  @Override
  public Kind kind() {
    return Kind.ICEBERG;
  }

  @Override
  public Call resolve(Request request) {
    throw new UnsupportedOperationException("The Iceberg REST catalog is not implemented");
  }

  @Override
  public Collection<Operation<?>> operations() {
    return List.of();
  }

  @Override
  public Effect effect(String operation) {
    return Effect.ADMINISTERS;
  }

  @Override
  public Response error(Request request, Throwable failure) {
    Refusal refusal = refusal(failure);
    String message = refusal.message();
    if (refusal.status() == 500) {
      FAILURES.add("request " + request.id() + " failed", failure);
      message += ", request " + request.id();
    }
    JsonObjectBuilder error =
        Json.createObjectBuilder()
            .add("message", message)
            .add("type", refusal.type())
            .add("code", refusal.status());
    String body = Json.createObjectBuilder().add("error", error).build().toString();
    return new Response(
        refusal.status(),
        Headers.builder().add("content-type", "application/json").build(),
        new ResponseBody.Bytes(body.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public String errorCode(Request request, Throwable failure) {
    return refusal(failure).type();
  }

  private static Refusal refusal(Throwable failure) {
    return switch (failure) {
      case UnsupportedOperationException notBuilt ->
          new Refusal(
              501, "UnsupportedOperationException", "The Iceberg REST catalog is not implemented");
      case AuthenticationException refused ->
          new Refusal(401, "NotAuthorizedException", text(refused));
      case AccessDeniedException denied -> new Refusal(403, "ForbiddenException", text(denied));
      case ServerBusyException busy -> new Refusal(503, "ServiceUnavailableException", text(busy));
      default -> new Refusal(500, "InternalServerError", "Internal error");
    };
  }

  private record Refusal(int status, String type, String message) {}

  private static String text(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
