package dev.lakebed.bench;

import dev.lakebed.bench.Yardsticks.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The servers to load: given by address, or started for the run. */
final class Targets {
  @Option(
      names = {"-e", "--endpoint"},
      description =
          "name=N,url=http://HOST:PORT[,access=K,secret=S|secret-env=VAR][,token=T][,region=R]"
              + "[,bucket=B][,pid=P]…[,payload=hex|unsigned][,serves=s3|files]; may repeat")
  List<String> endpoints = List.of();

  @Option(names = "--s3proxy", description = "start s3proxy, serving anybody")
  boolean s3proxy;

  @Option(names = "--s3proxy-signed", description = "start s3proxy, demanding SigV4")
  boolean s3proxySigned;

  @Option(
      names = "--s3proxy-classpath",
      defaultValue = "target/bench/s3proxy.classpath",
      description = "file that holds the class path of s3proxy")
  Path s3proxyClassPath = Path.of("");

  @Option(
      names = "--s3proxy-jvm",
      split = " ",
      defaultValue = "-Xmx1g",
      description = "options for the JVM of s3proxy")
  List<String> s3proxyJvm = List.of();

  @Option(names = "--nginx", description = "start nginx as a yardstick for PUT and GET")
  boolean nginx;

  @Option(names = "--nginx-command", defaultValue = "nginx", description = "the nginx program")
  String nginxCommand = "";

  @Option(
      names = "--data",
      description = "directory for started servers; use the disk of the server compared with")
  Path data = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(names = "--allow-remote", description = "allow addresses that are not loopback")
  boolean allowRemote;

  /** Starts what is to be started; all of it stops at {@link Session#close}. */
  Session open() throws IOException, InterruptedException {
    List<Endpoint> all = new ArrayList<>();
    for (String text : endpoints) {
      Endpoint endpoint = Endpoint.parse(text);
      if (!allowRemote && !endpoint.onLoopback()) {
        throw new IllegalArgumentException(endpoint.host() + " is not a loopback address");
      }
      all.add(endpoint);
    }
    Session session = new Session(all, new ArrayList<>());
    try {
      if (s3proxy || s3proxySigned) {
        String classPath = Files.readString(s3proxyClassPath).strip();
        session.add(Yardsticks.s3proxy(classPath, s3proxySigned, s3proxyJvm, data));
      }
      if (nginx) {
        session.add(Yardsticks.nginx(nginxCommand, data));
      }
    } catch (IOException | InterruptedException e) {
      session.close();
      throw e;
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException("no server to load: give --endpoint or --s3proxy");
    }
    return session;
  }

  /** The endpoints of a run and the servers that end with it. */
  record Session(List<Endpoint> endpoints, List<ChildServer> started) implements AutoCloseable {
    private void add(Running running) {
      endpoints.add(running.endpoint());
      started.add(running.server());
    }

    /** The endpoints that can answer an operation. */
    List<Endpoint> offering(Operation operation) {
      return endpoints.stream().filter(endpoint -> endpoint.offers(operation)).toList();
    }

    @Override
    public void close() {
      started.forEach(ChildServer::close);
    }
  }
}
