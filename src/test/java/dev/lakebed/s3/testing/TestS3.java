package dev.lakebed.s3.testing;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.form.PostForm;
import dev.lakebed.auth.form.PostForm.FormLimits;
import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.Connection;
import dev.lakebed.http.RequestBody;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.operation.Call;
import dev.lakebed.s3.S3Protocol;
import dev.lakebed.s3.S3Services;
import dev.lakebed.s3.S3Services.S3Settings;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.support.MemoryPrincipals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The S3 protocol on memory, driven by raw requests through the stages of the pipeline. */
public final class TestS3 {
  /** Where bytes are. */
  public final MemoryBlobs blobs = new MemoryBlobs();

  /** Where metadata is. */
  public final MemoryMetadata metadata = new MemoryMetadata(blobs);

  /** Whom bucket policies may name. */
  public final MemoryPrincipals principals = new MemoryPrincipals();

  /** What is tested. */
  public final S3Protocol protocol;

  private Caller caller = TestCaller.ROOT;
  private boolean hasRootUser;

  /** A server in us-east-1. */
  public TestS3() {
    this("us-east-1");
  }

  /** A server in that region. */
  public TestS3(String region) {
    protocol =
        protocol(
            new S3Services(
                metadata,
                metadata,
                principals,
                metadata,
                metadata.uploads(),
                blobs,
                account -> hasRootUser,
                InstantSource.system()),
            region);
  }

  /** A server on other stores than these in memory. */
  public TestS3(S3Services services) {
    protocol = protocol(services, "us-east-1");
  }

  private static S3Protocol protocol(S3Services services, String region) {
    return new S3Protocol(services, new S3Settings(region, List.of("s3.test"), "node-1"));
  }

  /** Gives every account a root user. */
  public TestS3 withRootUsers() {
    hasRootUser = true;
    return this;
  }

  /** Makes requests as somebody else. */
  public TestS3 as(Caller other) {
    caller = other;
    return this;
  }

  /** A request without body. */
  public Answer send(String method, String target, String... headers) {
    return send(method, target, RequestBody.EMPTY, headers);
  }

  /** A request with a text body. */
  public Answer send(String method, String target, String text, List<String> headers) {
    return send(
        method,
        target,
        TestBody.of(text.getBytes(StandardCharsets.UTF_8)),
        headers.toArray(String[]::new));
  }

  /** A PUT of text. */
  public Answer put(String target, String text, String... headers) {
    return send("PUT", target, text, List.of(headers));
  }

  /** A PUT of text with the checksum that Amazon S3 demands of some. */
  public Answer putProtected(String target, String text) {
    String md5 = ChecksumAlgorithm.MD5.of(text.getBytes(StandardCharsets.UTF_8)).base64();
    return put(target, text, "content-md5", md5);
  }

  /** A POST of text. */
  public Answer post(String target, String text, String... headers) {
    return send("POST", target, text, List.of(headers));
  }

  /**
   * Any request.
   *
   * @param headers names and values in turn
   */
  public Answer send(String method, String target, RequestBody body, String... headers) {
    return answer(request(method, target, body, headers));
  }

  /** The header fields that the edge adds to whatever answer to a request without body. */
  public Headers crossOrigin(String method, String target, String... headers) {
    return protocol.crossOrigin(request(method, target, RequestBody.EMPTY, headers));
  }

  /** An answer whose body nobody has taken yet. */
  public Response open(String method, String target) throws IOException {
    return run(protocol.resolve(request(method, target, RequestBody.EMPTY)));
  }

  /** A browser form, as the edge handles it when the form's policy is right. */
  public Answer form(String target, byte[] body, String contentType) {
    Request request = request("POST", target, TestBody.of(body), "content-type", contentType);
    return answer(
        request,
        () -> {
          if (protocol.formBucket(request).isEmpty()) {
            throw new IllegalStateException("not a form");
          }
          PostForm form = PostForm.read(request, FormLimits.DEFAULT);
          return protocol.resolveForm(request.withBody(form.content()), form);
        });
  }

  private static Request request(
      String method, String target, RequestBody body, String... headers) {
    Headers.Builder fields = Headers.builder();
    boolean host = false;
    boolean framed = false;
    for (int i = 0; i < headers.length; i += 2) {
      fields.add(headers[i], headers[i + 1]);
      host |= headers[i].equalsIgnoreCase("host");
      framed |= headers[i].equalsIgnoreCase("content-length");
    }
    if (!framed) {
      body.length().ifPresent(length -> fields.add("content-length", Long.toString(length)));
    }
    if (!host) {
      fields.add("host", "localhost:8333");
    }
    RawTarget raw = RawTarget.parse(target);
    return new Request(
        "0123456789ABCDEF",
        method,
        raw,
        QueryParameters.parse(raw.query()),
        fields.build(),
        new Connection("127.0.0.1", false, 8333),
        Instant.now(),
        body);
  }

  /** Finds the operation of a request. */
  private interface Resolution {
    Call resolve() throws IOException;
  }

  private Answer answer(Request request) {
    return answer(request, () -> protocol.resolve(request));
  }

  private Answer answer(Request request, Resolution resolution) {
    try {
      return read(request, run(resolution.resolve()));
    } catch (IOException | RuntimeException failure) {
      try {
        return read(request, protocol.error(request, failure));
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  private Response run(Call call) throws IOException {
    return call.authorise(caller).run();
  }

  private static Answer read(Request request, Response response) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Headers.Builder headers = Headers.builder();
    response.headers().all().forEach(field -> headers.add(field.name(), field.value()));
    long length =
        switch (response.body()) {
          case ResponseBody.Bytes body -> {
            bytes.writeBytes(body.bytes());
            yield body.bytes().length;
          }
          case ResponseBody.Streamed body -> {
            try {
              if (!request.method().equals("HEAD")) {
                body.writer().writeTo(bytes);
              }
            } finally {
              body.end().run();
            }
            yield body.length();
          }
        };
    headers.add("content-length", Long.toString(length));
    return new Answer(response.status(), headers.build(), bytes.toByteArray());
  }
}
