package dev.lakebed.front.servlet;

import dev.lakebed.front.Front;
import dev.lakebed.operation.Protocol;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Wraps every resource: has the signature and the policies of a request checked before JAX-RS looks
 * for a resource. A plain singleton without CDI or HK2 management, because that is what costs most
 * of a request's time.
 */
@PreMatching
final class AdmissionFilter implements ContainerRequestFilter {
  private static final Map<Protocol.Kind, URI> RESOURCES =
      Arrays.stream(Protocol.Kind.values())
          .collect(
              Collectors.toMap(
                  Function.identity(), kind -> URI.create("/" + ServiceResource.path(kind))));

  private final Front front;

  AdmissionFilter(Front front) {
    this.front = front;
  }

  @Override
  public void filter(ContainerRequestContext context) throws IOException {
    ServletExchange http = ServletFilter.current();
    http.readFrom(context::getEntityStream);
    Optional<Front.Admitted> admitted = front.admit(http.received(), http);
    if (admitted.isPresent()) {
      http.admit(admitted.get());
      context.setMethod("POST");
      context.setRequestUri(RESOURCES.get(admitted.get().protocol().kind()));
    } else {
      context.abortWith(Response.status(http.status()).build());
    }
  }
}
