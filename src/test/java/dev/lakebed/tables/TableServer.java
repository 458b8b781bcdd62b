package dev.lakebed.tables;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.RequestBody;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.MemoryBlobs;
import dev.lakebed.kit.PolicyCaller;
import dev.lakebed.kit.SharedDatabase;
import dev.lakebed.kit.TestBody;
import dev.lakebed.kit.TestServer;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.tables.Tables;
import jakarta.json.Json;
import java.util.List;
import java.util.UUID;

/** A server whose tables are in memory or in a database, and the name of one table bucket. */
public final class TableServer {
  final TestServer server;
  public final String bucket = "b-" + UUID.randomUUID().toString().substring(0, 18);
  final String arn = "arn:aws:s3tables:us-east-1:000000000000:bucket/" + bucket;
  public final String label = PercentEncoding.encode(arn);
  private String[] headers = {};

  /** Where a contract test keeps buckets, objects and tables. */
  public enum Backend {
    /** In memory. */
    MEMORY,
    /** In a real PostgreSQL, one for the whole test run. */
    POSTGRES
  }

  public TableServer(Backend backend) {
    server =
        switch (backend) {
          case MEMORY -> TestServer.inMemory();
          case POSTGRES ->
              TestServer.with().over(SharedDatabase.store(), new MemoryBlobs()).start();
        };
  }

  static TableServer inMemory() {
    return new TableServer(Backend.MEMORY);
  }

  /** Sends this header from now on, and no other. */
  TableServer withHeader(String name, String value) {
    headers = new String[] {name, value};
    return this;
  }

  /** Creates the bucket. */
  TableServer withBucket() {
    root("PUT", "/buckets", "{\"name\":\"%s\"}".formatted(bucket)).requireOk();
    return this;
  }

  /** Creates the bucket and a namespace. */
  public TableServer withNamespace(String namespace) {
    withBucket().namespace(namespace);
    return this;
  }

  Answer namespace(String namespace) {
    return root("PUT", "/namespaces/" + label, "{\"namespace\":[\"%s\"]}".formatted(namespace));
  }

  public Answer table(String namespace, String name) {
    return root(
        "PUT",
        "/tables/" + label + '/' + namespace,
        "{\"name\":\"%s\",\"format\":\"ICEBERG\"}".formatted(name));
  }

  public Answer location(String namespace, String name) {
    return root("GET", "/tables/%s/%s/%s/metadata-location".formatted(label, namespace, name));
  }

  public Answer commit(String namespace, String name, String token, String location) {
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
  public void object(String key) {
    s3("PUT", "/" + PercentEncoding.encode(key.getBytes(UTF_8), true)).requireOk();
  }

  /** The keys of all objects in the bucket. */
  List<String> keys() {
    return s3("GET", "?list-type=2").requireOk().elements("Key");
  }

  /** A request of S3 to the bucket. */
  Answer s3(String method, String below) {
    return server.s3().as(PolicyCaller.root()).send(method, "/" + bucket + below);
  }

  Bucket stored() {
    return server.rights.buckets().find(bucket).orElseThrow();
  }

  Tables tables() {
    return server.rights.tables().tables();
  }

  Answer root(String method, String target) {
    return root(method, target, "");
  }

  Answer root(String method, String target, String body) {
    return call(PolicyCaller.root(), method, target, body);
  }

  Answer call(Caller caller, String method, String target, String body) {
    return call(caller, method, target, TestBody.of(body.getBytes(UTF_8)));
  }

  Answer call(Caller caller, String method, String target, RequestBody body) {
    return server.tables().as(caller).send(method, target, body, headers);
  }
}
