package dev.lakebed.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestBody;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.storage.blob.volume.BlobRef;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * A program to be killed: the S3 operations on the product's own stores behind the JDK's HTTP
 * server, which starts in a fraction of an application server's time. It walks through everything
 * first, removes what is released, and then says its port.
 */
final class StoreServer {
  private static final int THREADS = 16;
  private static final int BATCH = 1000;
  private static final Set<String> SIGNATURE = Set.of("Authorization", "X-amz-date");

  private StoreServer() {}

  public static void main(String[] arguments) throws Exception {
    Stores stores = Stores.open(Path.of(arguments[0]));
    System.out.println("walked " + Walk.through(stores));
    remove(stores);
    Walk.through(stores);
    TestClient s3 = TestServer.with().over(stores.metadata(), stores.blobs()).start().s3();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(THREADS));
    server.createContext("/", exchange -> answer(s3, exchange));
    server.start();
    System.out.println("port " + server.getAddress().getPort());
  }

  /** What housekeeping does, when nobody reads. */
  private static void remove(Stores stores) {
    List<BlobRef> batch = stores.metadata().releasedBlobs().page(Optional.empty(), BATCH);
    while (!batch.isEmpty()) {
      List<BlobRef> gone = List.copyOf(stores.blobs().remove(batch));
      stores.metadata().releasedBlobs().forget(gone);
      batch = stores.metadata().releasedBlobs().page(Optional.of(batch.getLast()), BATCH);
    }
  }

  private static void answer(TestClient s3, HttpExchange exchange) throws IOException {
    try (exchange) {
      List<String> headers = new ArrayList<>();
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) -> {
                // Signed for another administrator; the test client signs for its own.
                if (!SIGNATURE.contains(name)) {
                  values.forEach(v -> headers.addAll(List.of(name, v)));
                }
              });
      Answer answer =
          s3.send(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              TestBody.of(exchange.getRequestBody().readAllBytes()),
              headers.toArray(String[]::new));
      answer
          .headers()
          .all()
          .forEach(field -> exchange.getResponseHeaders().add(field.name(), field.value()));
      int length = answer.body().length;
      exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
      exchange.getResponseBody().write(answer.body());
    }
  }
}
