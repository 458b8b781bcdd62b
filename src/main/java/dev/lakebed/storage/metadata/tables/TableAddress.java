package dev.lakebed.storage.metadata.tables;

import java.util.Map;
import java.util.UUID;

/**
 * The table that owns a location.
 *
 * @param id id of the table
 * @param namespace name of its namespace
 * @param name name of the table
 * @param tags tags of the table
 */
public record TableAddress(UUID id, String namespace, String name, Map<String, String> tags) {
  /** Copies the map. */
  public TableAddress {
    tags = Map.copyOf(tags);
  }
}
