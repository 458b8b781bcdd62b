package dev.lakebed.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Starts other servers, on the loopback interface and below a directory of their own. */
final class Yardsticks {
  /** Without a configuration logback writes every debug message, which costs more than the work. */
  private static final String QUIET =
      """
      <configuration>
        <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %level %logger %msg%n</pattern></encoder>
        </appender>
        <root level="WARN"><appender-ref ref="out"/></root>
      </configuration>
      """;

  private Yardsticks() {}

  /** A running server and how to reach it. */
  record Running(Endpoint endpoint, ChildServer server) implements AutoCloseable {
    @Override
    public void close() {
      server.close();
    }
  }

  /**
   * Starts s3proxy with its filesystem back end.
   *
   * @param classPath class path of s3proxy 4
   * @param signed whether it demands SigV4 instead of serving anybody
   * @param jvmOptions further options for its JVM
   */
  static Running s3proxy(String classPath, boolean signed, List<String> jvmOptions, Path parent)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(parent.toAbsolutePath(), "bench-s3proxy-");
    int port = ChildServer.freePort();
    String secret = UUID.randomUUID().toString();
    String auth =
        signed
            ? "s3proxy.authorization=aws-v4\ns3proxy.identity=bench\ns3proxy.credential=" + secret
            : "s3proxy.authorization=none";
    Path objects = Files.createDirectory(directory.resolve("objects"));
    Path settings = directory.resolve("s3proxy.properties");
    Files.writeString(
        settings,
        """
        s3proxy.endpoint=http://127.0.0.1:%d
        %s
        jclouds.provider=filesystem-nio2
        jclouds.filesystem.basedir=%s
        """
            .formatted(port, auth, objects));
    Path logging = directory.resolve("logback.xml");
    Files.writeString(logging, QUIET);
    List<String> main =
        List.of(
            "-Dlogback.configurationFile=" + logging,
            "-cp",
            classPath,
            "org.gaul.s3proxy.Main",
            "--properties",
            settings.toString());
    ChildServer server = ChildServer.start(javaCommand(jvmOptions, main), directory, port);
    String keys = signed ? ",access=bench,secret=" + secret : "";
    return running("s3proxy", port, keys, server);
  }

  /** Starts nginx serving files, with PUT and DELETE by its WebDAV module. */
  static Running nginx(String command, Path parent) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(parent.toAbsolutePath(), "bench-nginx-");
    int port = ChildServer.freePort();
    Endpoint endpoint = endpoint("nginx", port, "");
    Files.createDirectories(directory.resolve("objects").resolve(endpoint.bucket()));
    Path settings = directory.resolve("nginx.conf");
    Files.writeString(
        settings,
        """
        %s
        daemon off;
        worker_processes 2;
        pid %2$s/nginx.pid;
        error_log %2$s/error.log;
        events { worker_connections 4096; }
        http {
          access_log off;
          sendfile on;
          tcp_nopush on;
          keepalive_requests 1000000000;
          client_max_body_size 0;
          client_body_temp_path %2$s/body;
          proxy_temp_path %2$s/proxy;
          fastcgi_temp_path %2$s/fastcgi;
          uwsgi_temp_path %2$s/uwsgi;
          scgi_temp_path %2$s/scgi;
          server {
            listen 127.0.0.1:%3$d;
            root %2$s/objects;
            location / { dav_methods PUT DELETE; create_full_put_path on; }
          }
        }
        """
            .formatted(userLine(), directory, port));
    List<String> line =
        List.of(
            command, "-e", directory.resolve("error.log").toString(), "-c", settings.toString());
    ChildServer server = ChildServer.start(line, directory, port);
    return running("nginx", port, ",serves=files", server);
  }

  /** Workers must be able to read the directory of the user who started nginx. */
  private static String userLine() {
    String user = System.getProperty("user.name");
    return user.equals("root") ? "user root;" : "";
  }

  /** Starts the responder that measures the load generator itself. */
  static Running responder(Path parent) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(parent.toAbsolutePath(), "bench-responder-");
    int port = ChildServer.freePort();
    List<String> main =
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Responder.class.getName(),
            Integer.toString(port));
    ChildServer server = ChildServer.start(javaCommand(List.of(), main), directory, port);
    return running("responder", port, ",access=bench,secret=bench", server);
  }

  private static List<String> javaCommand(List<String> options, List<String> main) {
    List<String> command = new ArrayList<>(List.of(ChildServer.java()));
    command.addAll(options);
    command.addAll(main);
    return command;
  }

  private static Running running(String name, int port, String keys, ChildServer server) {
    return new Running(endpoint(name, port, keys + ",pid=" + server.pid()), server);
  }

  private static Endpoint endpoint(String name, int port, String more) {
    return Endpoint.parse("name=" + name + ",url=http://127.0.0.1:" + port + more);
  }
}
