package dev.lakebed.front;

import dev.lakebed.http.Headers;
import dev.lakebed.http.Request;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.http.VirtualHosts;
import dev.lakebed.ops.Health;
import dev.lakebed.ops.MetricsPage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * Health, metrics and documents that other parts publish. Below {@code /-/}, which is no bucket
 * name, and at {@code /status} and {@code /healthz} for unsigned requests, where tools probe. They
 * show no path, key or configuration. On hosts that name buckets all paths are keys.
 */
record OperatorRoutes(
    Health health,
    MetricsPage metrics,
    Function<String, Optional<Response>> pages,
    VirtualHosts buckets) {
  /** The answer, if the request is for one of these routes. */
  Optional<Response> answer(Request request) {
    String path = request.target().path();
    if (!isRead(request) || !isRoute(path) || !buckets.bucket(request.host()).isEmpty()) {
      return Optional.empty();
    }
    if (path.startsWith("/-/")) {
      return Optional.of(
          switch (path) {
            case "/-/health/live" -> text(200, "live\n");
            case "/-/health/ready" -> ready();
            case "/-/metrics" -> metrics.response(request.headers().first("accept").orElse(""));
            default -> pages.apply(path).orElseGet(() -> text(404, "not found\n"));
          });
    }
    return isUnsigned(request) ? Optional.of(ready()) : Optional.empty();
  }

  private static boolean isRoute(String path) {
    return path.startsWith("/-/") || path.equals("/status") || path.equals("/healthz");
  }

  private Response ready() {
    Health.State state = health.state();
    return text(state.ready() ? 200 : 503, state.text() + "\n");
  }

  private static boolean isRead(Request request) {
    return request.method().equals("GET") || request.method().equals("HEAD");
  }

  private static boolean isUnsigned(Request request) {
    return request.query().all().isEmpty() && !request.headers().has("authorization");
  }

  private static Response text(int status, String text) {
    return new Response(
        status,
        Headers.builder().add("content-type", "text/plain; charset=utf-8").build(),
        new ResponseBody.Bytes(text.getBytes(StandardCharsets.UTF_8)));
  }
}
