package dev.lakebed.tables;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Headers;
import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.Connection;
import dev.lakebed.http.RequestBody;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.kit.MemoryPrincipals;
import dev.lakebed.operation.Call;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.tables.table.TablePurge;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.UUID;

/** The protocol over a backend, driven as the pipeline drives it, with one table bucket name. */
final class Fixture {
  final MemoryObjects objects = new MemoryObjects();
  final MemoryPrincipals principals = new MemoryPrincipals();
  final Backend.Stores stores;
  final TablePurge purge;
  final TablesProtocol protocol;
  final String bucket = "b-" + UUID.randomUUID().toString().substring(0, 18);
  final String arn = "arn:aws:s3tables:us-east-1:000000000000:bucket/" + bucket;
  final String label = PercentEncoding.encode(arn);
  private Headers headers = Headers.NONE;

  Fixture(Backend backend) {
    this.stores = backend.open(objects);
    this.purge = new TablePurge(stores.drops(), objects);
    this.protocol =
        new TablesProtocol(
            new TablesServices(
                "us-east-1",
                stores.buckets(),
                stores.rules(),
                stores.namespaces(),
                stores.tables(),
                stores.policies(),
                principals,
                objects,
                purge,
                InstantSource.system()));
  }

  Fixture withHeader(String name, String value) {
    headers = Headers.builder().add(name, value).build();
    return this;
  }

  /** Creates the bucket. */
  Fixture withBucket() {
    root("PUT", "/buckets", "{\"name\":\"%s\"}".formatted(bucket)).ok();
    return this;
  }

  /** Creates the bucket and a namespace. */
  Fixture withNamespace(String namespace) {
    withBucket().namespace(namespace);
    return this;
  }

  Answer namespace(String namespace) {
    return root("PUT", "/namespaces/" + label, "{\"namespace\":[\"%s\"]}".formatted(namespace));
  }

  Answer table(String namespace, String name) {
    return root(
        "PUT",
        "/tables/" + label + '/' + namespace,
        "{\"name\":\"%s\",\"format\":\"ICEBERG\"}".formatted(name));
  }

  Answer location(String namespace, String name) {
    return root("GET", "/tables/%s/%s/%s/metadata-location".formatted(label, namespace, name));
  }

  Answer commit(String namespace, String name, String token, String location) {
    return root(
        "PUT",
        "/tables/%s/%s/%s/metadata-location".formatted(label, namespace, name),
        Json.createObjectBuilder()
            .add("versionToken", token)
            .add("metadataLocation", location)
            .build()
            .toString());
  }

  /** Puts an object into the bucket. */
  void object(String key) {
    objects.of(stored().id()).add(key);
  }

  Bucket stored() {
    return stores.buckets().find(bucket).orElseThrow();
  }

  Answer root(String method, String target) {
    return root(method, target, "");
  }

  Answer root(String method, String target, String body) {
    return call(TestCaller.root(), method, target, body);
  }

  Answer call(Caller caller, String method, String target, String body) {
    return call(caller, method, target, body.getBytes(StandardCharsets.UTF_8));
  }

  Answer call(Caller caller, String method, String target, byte[] body) {
    Request request = request(method, target, body);
    try {
      Call call = protocol.resolve(request);
      return answer(call.authorise(caller).run());
    } catch (IOException | RuntimeException failure) {
      return answer(protocol.error(request, failure));
    }
  }

  Answer failing(String method, String target, Throwable failure) {
    return answer(protocol.error(request(method, target, new byte[0]), failure));
  }

  private Request request(String method, String target, byte[] body) {
    RawTarget raw = RawTarget.parse(target);
    return new Request(
        "0123456789ABCDEF",
        method,
        raw,
        QueryParameters.parse(raw.query()),
        headers,
        new Connection("127.0.0.1", false, 8333),
        Instant.now(),
        new BytesBody(body));
  }

  private static Answer answer(Response response) {
    byte[] bytes = ((ResponseBody.Bytes) response.body()).bytes();
    try (var reader = Json.createReader(new ByteArrayInputStream(bytes))) {
      JsonObject body = reader.readObject();
      return new Answer(
          response.status(), response.headers().first("x-amzn-errortype").orElse(""), body);
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record BytesBody(byte[] bytes) implements RequestBody {
    @Override
    public OptionalLong length() {
      return OptionalLong.of(bytes.length);
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }
}
