package dev.lakebed.tables.operation;

import dev.lakebed.policy.Keys;
import java.util.List;
import java.util.Optional;

/**
 * The condition keys {@code s3tables:namespace} and {@code s3tables:tableName} (<a
 * href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3tables.html">AWS,
 * Actions, resources, and condition keys for Amazon S3 Tables</a>).
 *
 * @param namespace name of the namespace, when the request names one
 * @param table name of the table, when the request names one
 */
public record S3TablesKeys(Optional<String> namespace, Optional<String> table) implements Keys {
  /** The keys of a request about a namespace. */
  public static S3TablesKeys namespace(String namespace) {
    return new S3TablesKeys(Optional.of(namespace), Optional.empty());
  }

  /** The keys of a request about a table. */
  public static S3TablesKeys table(String namespace, String table) {
    return new S3TablesKeys(Optional.of(namespace), Optional.of(table));
  }

  @Override
  public List<String> values(String key) {
    return switch (key) {
      case "s3tables:namespace" -> namespace.stream().toList();
      case "s3tables:tablename" -> table.stream().toList();
      default -> List.of();
    };
  }
}
