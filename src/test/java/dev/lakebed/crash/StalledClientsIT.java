package dev.lakebed.crash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import dev.lakebed.support.LakebedProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Clients that begin something and then stand still, at a heap of 256 MiB: the server keeps no more
 * of them than it has memory for, and serves another client beside them.
 */
@Evidence("attack-74")
class StalledClientsIT {
  private static final String BUCKET = "stalled";
  private static final String LISTED = "listed";
  private static final int BIG = 20_000_000;
  private static final int SECONDS = 5;

  @TempDir static Path directory;
  private static LakebedProcess server;
  private static Clients clients;

  @BeforeAll
  static void start() throws Exception {
    server =
        LakebedProcess.serve(
            DataDirectories.under(directory),
            List.of("--config", "src/test/resources/config/seed.json"),
            Map.of("LAKEBED_JAVA_OPTS", "-Xmx256m"));
    clients = Clients.of(server.endpoint());
    clients.s3().createBucket(r -> r.bucket(BUCKET));
    clients.s3().putObject(r -> r.bucket(BUCKET).key("big"), RequestBody.fromBytes(new byte[BIG]));
    clients.s3().putObject(r -> r.bucket(BUCKET).key("small"), RequestBody.fromString("served"));
    listed();
  }

  /** A bucket whose listing of more than a mebibyte anybody may have. */
  private static void listed() throws Exception {
    clients.s3().createBucket(r -> r.bucket(LISTED));
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 1000; i++) {
        String key = "%04d".formatted(i) + "k".repeat(1000);
        threads.execute(
            () ->
                clients.s3().putObject(r -> r.bucket(LISTED).key(key), RequestBody.fromString("")));
      }
    }
    clients.s3().deletePublicAccessBlock(r -> r.bucket(LISTED));
    clients
        .s3()
        .putBucketPolicy(
            r ->
                r.bucket(LISTED)
                    .policy(
                        """
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                         "Principal": "*", "Action": "s3:ListBucket",
                         "Resource": "arn:aws:s3:::%s"}]}
                        """
                            .formatted(LISTED)));
  }

  @AfterAll
  static void stop() {
    clients.close();
    server.close();
  }

  private enum Stall {
    UNREAD_ANSWERS(400) {
      @Override
      String sends(S3Presigner signer) {
        return "GET "
            + target(
                signer
                    .presignGetObject(
                        r ->
                            r.signatureDuration(HOUR)
                                .getObjectRequest(g -> g.bucket(BUCKET).key("big")))
                    .url())
            + end();
      }
    },
    UNREAD_LISTINGS(400) {
      @Override
      String sends(S3Presigner signer) {
        return "GET /" + LISTED + "?list-type=2" + end();
      }
    },
    HEADS_WITHOUT_AN_END(4000) {
      @Override
      String sends(S3Presigner signer) {
        return "GET / HTTP/1.1\r\nHost: h\r\nX-Padding: " + "a".repeat(6_000);
      }
    },
    LONG_HEADS_WITHOUT_AN_END(2000) {
      @Override
      String sends(S3Presigner signer) {
        return "GET / HTTP/1.1\r\nHost: h\r\nX-Padding: " + "a".repeat(63_000);
      }
    },
    UNSIGNED_LOG_INS(1500) {
      @Override
      String sends(S3Presigner signer) {
        return "POST /"
            + end("Content-Type: application/x-www-form-urlencoded", "Content-Length: 110000")
            + "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&WebIdentityToken="
            + "a".repeat(100_000);
      }
    },
    UPLOADS(1500) {
      @Override
      String sends(S3Presigner signer) {
        return "PUT "
            + target(
                signer
                    .presignPutObject(
                        r ->
                            r.signatureDuration(HOUR)
                                .putObjectRequest(p -> p.bucket(BUCKET).key("never")))
                    .url())
            + end("Content-Length: 260000")
            + "a".repeat(250_000);
      }
    };

    private static final Duration HOUR = Duration.ofHours(1);
    private final int clients;

    Stall(int clients) {
      this.clients = clients;
    }

    abstract String sends(S3Presigner signer);

    private static String target(java.net.URL url) {
      return url.getFile();
    }

    private static String end(String... fields) {
      return " HTTP/1.1\r\nHost: "
          + server.endpoint().getAuthority()
          + "\r\n"
          + String.join("\r\n", fields)
          + (fields.length == 0 ? "\r\n" : "\r\n\r\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void clients_that_stand_still_take_neither_memory_nor_service_from_another(Stall stall)
      throws Exception {
    ByteBuffer sent;
    try (S3Presigner signer = Clients.presigner(server.endpoint())) {
      sent = ByteBuffer.wrap(stall.sends(signer).getBytes(US_ASCII));
    }
    List<SocketChannel> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < stall.clients; i++) {
        stalled.add(connect());
      }
      List<ByteBuffer> left = stalled.stream().map(one -> sent.duplicate()).toList();
      for (int second = 0; second < SECONDS; second++) {
        for (int i = 0; i < stall.clients; i++) {
          send(stalled.get(i), left.get(i));
        }
        assertThat(read("small")).as("beside %s, second %d", stall, second).isEqualTo("served");
        TimeUnit.SECONDS.sleep(1);
      }
    } finally {
      for (SocketChannel one : stalled) {
        one.close();
      }
    }
    assertThat(server.output()).doesNotContain("OutOfMemoryError");
    assertThat(read("small")).isEqualTo("served");
  }

  private static String read(String key) {
    return clients.s3().getObjectAsBytes(r -> r.bucket(BUCKET).key(key)).asUtf8String();
  }

  /** From another address than that of the client which is to be served. */
  private static SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
    channel.bind(new InetSocketAddress("127.0.0.2", 0));
    channel.connect(new InetSocketAddress("127.0.0.1", server.endpoint().getPort()));
    channel.configureBlocking(false);
    return channel;
  }

  /** What the server takes at the moment; nothing when it has hung up, which is its right. */
  private static void send(SocketChannel channel, ByteBuffer left) {
    try {
      while (left.hasRemaining() && channel.write(left) > 0) {
        Thread.onSpinWait();
      }
    } catch (IOException hungUp) {
      left.position(left.limit());
    }
  }
}
