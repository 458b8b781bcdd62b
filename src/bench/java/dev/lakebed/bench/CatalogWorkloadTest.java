package dev.lakebed.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * AssumeRole and metadata-location commits against a small server that answers in the shapes of the
 * AWS service models (sts 2011-06-15, s3tables 2018-05-10) and refuses a stale version token.
 */
class CatalogWorkloadTest {
  private static final String ARN = "/arn%3Aaws%3As3tables%3Aus-east-1%3A000000000000%3Abucket%2Fb";

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final AtomicInteger commits = new AtomicInteger();
  private HttpServer server;
  private Endpoint endpoint;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    endpoint = Endpoint.parse("name=s,url=" + url + ",access=k,secret=s");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void each_commit_uses_the_token_of_the_one_before_and_everything_is_removed() throws Exception {
    CommitWorkload workload = new CommitWorkload();
    workload.prepare(endpoint, 2);
    try (Client client = new Client(endpoint)) {
      for (int worker = 0; worker < 2; worker++) {
        Workload.Task task = workload.task(worker, 2);
        for (int i = 0; i < 3; i++) {
          assertThat(task.run(client)).isZero();
        }
      }
    }
    workload.cleanUp(endpoint);
    assertThat(commits.get()).isEqualTo(6);
    assertThat(seen)
        .contains("PUT /wh/t0/metadata/00000-bench.metadata.json")
        .endsWith(
            "DELETE /tables" + ARN + "/bench/t0",
            "DELETE /tables" + ARN + "/bench/t1",
            "DELETE /namespaces" + ARN + "/bench",
            "DELETE /buckets" + ARN);
  }

  @Test
  void assume_role_sends_policy_and_role_and_demands_a_token() throws Exception {
    Workload workload =
        new AssumeRoleWorkload(Optional.of("arn:aws:iam::000000000000:role/R"), "b");
    try (Client client = new Client(endpoint)) {
      assertThat(workload.task(0, 1).run(client)).isZero();
    }
    assertThat(seen.get(0)).startsWith("POST / Action=AssumeRole&Version=2011-06-15&");
    assertThat(seen.get(0))
        .contains("&Policy=%7B%22Version%22%3A%222012-10-17%22")
        .endsWith("&RoleArn=arn%3Aaws%3Aiam%3A%3A000000000000%3Arole%2FR");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getRawPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    seen.add(method + " " + path + (path.equals("/") ? " " + body : ""));
    Optional<String> reply =
        path.endsWith("/metadata-location")
            ? pointer(method, path, body)
            : Optional.of(fixed(method, path));
    byte[] bytes = reply.orElse("{\"message\":\"stale\"}").getBytes(UTF_8);
    exchange.sendResponseHeaders(reply.isPresent() ? 200 : 409, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String fixed(String method, String path) {
    if (path.equals("/")) {
      return "<AssumeRoleResponse><SessionToken>t</SessionToken></AssumeRoleResponse>";
    }
    return method.equals("PUT") && path.equals("/buckets")
        ? "{\"arn\":\"arn:aws:s3tables:us-east-1:000000000000:bucket/b\"}"
        : "{}";
  }

  private Optional<String> pointer(String method, String path, String body) {
    String token = tokens.getOrDefault(path, "first");
    String[] segments = path.split("/", -1);
    if (method.equals("PUT")) {
      if (!body.contains("\"versionToken\":\"" + token + "\"")) {
        return Optional.empty();
      }
      token = "v" + commits.incrementAndGet();
      tokens.put(path, token);
    }
    return Optional.of(
        "{\"versionToken\":\"%s\",\"warehouseLocation\":\"s3://wh/%s\"}"
            .formatted(token, segments[segments.length - 2]));
  }
}
