package dev.lakebed.bench;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The workloads of one endpoint, with the objects they share. */
final class Workloads {
  private static final int SMALL = 4096;
  private static final int PER_DIRECTORY = 10;

  private final Endpoint endpoint;
  private final LoadOptions options;
  private final Map<String, ObjectSet> shared = new HashMap<>();

  Workloads(Endpoint endpoint, LoadOptions options) {
    this.endpoint = endpoint;
    this.options = options;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** {@code size} counts only for operations that come in sizes. */
  Workload of(Operation operation, int size) {
    return switch (operation) {
      case PUT, GET, HEAD -> new ObjectWorkload(operation, objects(size), options.verify);
      case DELETE ->
          new DeleteWorkload(
              ObjectSet.flat(endpoint, "delete", options.deleteKeys, Body.random(SMALL)));
      case LIST, LIST_DELIMITER -> new ListWorkload(operation, listed(), options.verify);
      case MULTIPART ->
          new MultipartWorkload(
              ObjectSet.flat(endpoint, "multipart", options.mostWorkers(), Body.EMPTY),
              Body.random(Figures.parseSize(options.partSize)),
              options.parts);
      case ASSUME_ROLE -> new AssumeRoleWorkload(options.roleArn, endpoint.bucket());
      case COMMIT -> new CommitWorkload();
    };
  }

  private ObjectSet objects(int size) {
    return shared.computeIfAbsent(
        "object", name -> ObjectSet.flat(endpoint, name, options.keysOf(size), Body.random(size)));
  }

  private ObjectSet listed() {
    return shared.computeIfAbsent(
        "list",
        name -> ObjectSet.nested(endpoint, name, options.listKeys, PER_DIRECTORY, Body.EMPTY));
  }

  /** Removes the shared objects. */
  void cleanUp() throws IOException {
    for (ObjectSet objects : shared.values()) {
      objects.delete(endpoint, 0);
    }
    shared.clear();
  }
}
