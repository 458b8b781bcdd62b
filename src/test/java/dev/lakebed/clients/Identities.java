package dev.lakebed.clients;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The shared server's configuration: the seed's, and the one that the documents give for Nessie.
 */
final class Identities {
  private static final Path SEED = Path.of("src/test/resources/config/seed.json");
  private static final Path NESSIE = Path.of("docs/examples/nessie.json");

  private Identities() {}

  /** Writes it there; returns the same path. */
  static Path write(Path target) throws IOException {
    JsonObject seed = read(SEED);
    JsonObject nessie = read(NESSIE);
    JsonObjectBuilder both = Json.createObjectBuilder(seed);
    for (String list : List.of("identities", "roles", "policies")) {
      JsonArrayBuilder joined = Json.createArrayBuilder(seed.getJsonArray(list));
      both.add(list, joined.addAll(Json.createArrayBuilder(nessie.getJsonArray(list))));
    }
    return Files.writeString(target, both.build().toString());
  }

  private static JsonObject read(Path file) throws IOException {
    try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
      return reader.readObject();
    }
  }
}
