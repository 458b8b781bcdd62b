package dev.lakebed.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.RequestBody;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Signs requests to one service and sends them. */
public final class TestClient {
  private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";
  private static final String HOST = "localhost:8333";
  private static final String HASH = "x-amz-content-sha256";

  private final Transport transport;
  private final Keys keys;
  private final String service;
  private final InstantSource clock;
  private final List<String> headers;
  private String region = "us-east-1";
  private boolean signs = true;

  /** The way to a server. */
  public interface Transport {
    /** Sends a request as it is, with the body in place of the message's own. */
    Answer send(Message message, RequestBody body);

    /** From now on this caller asks, whoever signs. */
    default void as(Caller caller) {
      throw new UnsupportedOperationException("another process");
    }
  }

  /**
   * Signs with those keys.
   *
   * @param service in the credential scope
   * @param clock time of signatures
   * @param headers names and values in turn, for every request
   */
  TestClient(
      Transport transport, Keys keys, String service, InstantSource clock, String... headers) {
    this.transport = transport;
    this.keys = keys;
    this.service = service;
    this.clock = clock;
    this.headers = List.of(headers);
  }

  /** Signs for that region from now on. */
  public TestClient in(String other) {
    region = other;
    return this;
  }

  /**
   * From now on this caller asks, whoever signs; nobody signs requests to S3, which are told apart
   * without a signature.
   */
  public TestClient as(Caller caller) {
    transport.as(caller);
    signs = !service.equals("s3");
    return this;
  }

  /** A target with a signature in its query, for these header fields. */
  public String presigned(String method, String target, String... fields) {
    Message message = new Message(method, target).header("host", HOST);
    add(message, List.of(fields));
    return signing().presign(message, "900").target();
  }

  private Signing signing() {
    return new Signing(keys, service, region, clock.instant());
  }

  /** A request without body. */
  public Answer send(String method, String target, String... fields) {
    return send(method, target, RequestBody.EMPTY, fields);
  }

  /** A request with a text body. */
  public Answer send(String method, String target, String text, List<String> fields) {
    return send(method, target, TestBody.of(text.getBytes(UTF_8)), fields.toArray(String[]::new));
  }

  /** A PUT of text. */
  public Answer put(String target, String text, String... fields) {
    return send("PUT", target, text, List.of(fields));
  }

  /** A PUT of text with the checksum that Amazon S3 demands of some. */
  public Answer putProtected(String target, String text) {
    return put(
        target, text, "content-md5", ChecksumAlgorithm.MD5.of(text.getBytes(UTF_8)).base64());
  }

  /** A POST of text. */
  public Answer post(String target, String text, String... fields) {
    return send("POST", target, text, List.of(fields));
  }

  /** An action of a Query protocol, its parameters as names and values in turn. */
  public Answer call(String action, String... parameters) {
    return post("/", query(action, parameters), "content-type", FORM);
  }

  /** The form of such an action. */
  public String query(String action, String... parameters) {
    String version = service.equals("iam") ? "2010-05-08" : "2011-06-15";
    return IntStream.range(0, parameters.length / 2)
        .mapToObj(
            i ->
                "&"
                    + PercentEncoding.encode(parameters[2 * i])
                    + "="
                    + PercentEncoding.encode(parameters[2 * i + 1]))
        .collect(Collectors.joining("", "Action=" + action + "&Version=" + version, ""));
  }

  /**
   * Any request.
   *
   * @param fields names and values in turn
   */
  public Answer send(String method, String target, RequestBody body, String... fields) {
    return transport.send(signed(method, target, body, fields), body);
  }

  /** The same, not sent. */
  public Message signed(String method, String target, RequestBody body, String... fields) {
    Message message = new Message(method, target);
    add(message, headers);
    add(message, List.of(fields));
    if (message.find("host").isEmpty()) {
      message.header("host", HOST);
    }
    if (message.find("content-length").isEmpty()) {
      body.length().ifPresent(n -> message.header("content-length", Long.toString(n)));
    }
    if (!signs || keys.access().isEmpty() || isSigned(message)) {
      return message;
    }
    Optional<String> hash = message.find(HASH);
    String payload = hash.orElseGet(() -> service.equals("s3") ? Signing.UNSIGNED : hash(body));
    return signing().sign(message.without(HASH), payload);
  }

  private static boolean isSigned(Message message) {
    return message.target().contains("X-Amz-Signature=")
        || message.target().contains("AWSAccessKeyId=")
        || message.find("authorization").isPresent();
  }

  private static void add(Message message, List<String> fields) {
    for (int i = 0; i < fields.size(); i += 2) {
      message.header(fields.get(i).toLowerCase(Locale.ROOT), fields.get(i + 1));
    }
  }

  private static String hash(RequestBody body) {
    return Hash.sha256(body instanceof TestBody whole ? whole.bytes() : new byte[0]);
  }
}
