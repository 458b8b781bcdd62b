package dev.lakebed.metadata.tables;

import java.util.UUID;

/**
 * The table that owns a location.
 *
 * @param id id of the table
 * @param namespace name of its namespace
 * @param name name of the table
 */
public record TableAddress(UUID id, String namespace, String name) {}
