package dev.lakebed.tables.rest;

/**
 * Name of a namespace; one level. Rules as for {@link TableName}, and it must not start with {@code
 * aws}.
 *
 * @param value the name
 */
public record NamespaceName(String value) {
  /** Checks the name. */
  public NamespaceName {
    TableName.check("namespace", value);
    if (value.startsWith("aws")) {
      throw new InvalidValueException("A namespace name must not start with aws");
    }
  }
}
