package dev.lakebed.iceberg;

import dev.lakebed.auth.AccessDeniedException;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.pipeline.Call;
import dev.lakebed.pipeline.Protocol;
import dev.lakebed.wire.Headers;
import dev.lakebed.wire.Request;
import dev.lakebed.wire.Response;
import dev.lakebed.wire.ResponseBody;
import jakarta.json.Json;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/**
 * Answers in the error form of the Iceberg REST specification ({@code ErrorModel}). No operation is
 * built yet.
 */
public final class IcebergProtocol implements Protocol {
  private static final Logger LOG = System.getLogger(IcebergProtocol.class.getName());

  @Override
  public Kind kind() {
    return Kind.ICEBERG;
  }

  @Override
  public Call resolve(Request request) {
    throw new UnsupportedOperationException("The Iceberg REST catalog is not implemented");
  }

  @Override
  public Response error(Request request, Throwable failure) {
    return switch (failure) {
      case UnsupportedOperationException notBuilt ->
          error(
              501, "UnsupportedOperationException", "The Iceberg REST catalog is not implemented");
      case AuthenticationException refused -> error(401, "NotAuthorizedException", text(refused));
      case AccessDeniedException denied -> error(403, "ForbiddenException", text(denied));
      default -> {
        LOG.log(Level.ERROR, "Request " + request.id() + " failed", failure);
        yield error(500, "InternalServerError", "Internal error, request " + request.id());
      }
    };
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static Response error(int status, String type, String message) {
    String body =
        Json.createObjectBuilder()
            .add(
                "error",
                Json.createObjectBuilder()
                    .add("message", message)
                    .add("type", type)
                    .add("code", status))
            .build()
            .toString();
    return new Response(
        status,
        Headers.builder().add("content-type", "application/json").build(),
        new ResponseBody.Bytes(body.getBytes(StandardCharsets.UTF_8)));
  }
}
