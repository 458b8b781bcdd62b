package dev.lakebed.bench;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * S3 Tables UpdateTableMetadataLocation: each worker moves the metadata pointer of a table of its
 * own between two metadata files, always with the token of its last commit.
 */
final class CommitWorkload implements Workload {
  private static final String NAMESPACE = "bench";

  private String bucketArn = "";
  private List<TablePointer> tables = List.of();

  @Override
  public String operation() {
    return Operation.COMMIT.name();
  }

  @Override
  public int size() {
    return 0;
  }

  @Override
  public void prepare(Endpoint endpoint, int workers) throws IOException {
    try (Client client = new Client(endpoint)) {
      String name = "bench-" + UUID.randomUUID();
      bucketArn =
          ListWorkload.encode(put(client, "/buckets", Map.of("name", name)).getString("arn"));
      client.call(request("PUT", "/namespaces/" + bucketArn, "{\"namespace\":[\"bench\"]}"));
      List<TablePointer> made = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        made.add(table(client, "t" + i));
      }
      tables = List.copyOf(made);
    }
  }

  private TablePointer table(Client client, String name) throws IOException {
    String tables = "/tables/" + bucketArn + "/" + NAMESPACE;
    put(client, tables, Map.of("name", name, "format", "ICEBERG"));
    String path = tables + "/" + name + "/metadata-location";
    JsonObject table = json(client.text(request("GET", path, "")));
    String metadata = table.getString("warehouseLocation") + "/metadata/0000";
    for (int i = 0; i < 2; i++) {
      String objectPath = TablePointer.location(metadata, i).substring("s3:/".length());
      client.call(Outgoing.s3("PUT", objectPath, "", Body.text("{}")));
    }
    return new TablePointer(path, metadata, table.getString("versionToken"));
  }

  @Override
  public Task task(int worker, int workers) {
    TablePointer table = tables.get(worker);
    return client -> {
      table.commit(client);
      return 0;
    };
  }

  @Override
  public void cleanUp(Endpoint endpoint) throws IOException {
    try (Client client = new Client(endpoint)) {
      String namespace = bucketArn + "/" + NAMESPACE;
      for (int i = 0; i < tables.size(); i++) {
        client.call(request("DELETE", "/tables/" + namespace + "/t" + i, ""));
      }
      client.call(request("DELETE", "/namespaces/" + namespace, ""));
      client.call(request("DELETE", "/buckets/" + bucketArn, ""));
    }
  }

  private static JsonObject put(Client client, String path, Map<String, Object> body)
      throws IOException {
    return json(
        client.text(request("PUT", path, Json.createObjectBuilder(body).build().toString())));
  }

  static JsonObject json(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }

  static Outgoing request(String method, String path, String json) {
    Map<String, String> headers =
        json.isEmpty() ? Map.of() : Map.of("content-type", "application/json");
    Body body = json.isEmpty() ? Body.EMPTY : Body.text(json);
    return new Outgoing(Service.S3TABLES, method, path, "", headers, body);
  }
}
