package dev.lakebed.tables.operation;

import dev.lakebed.tables.rest.JsonMembers;
import dev.lakebed.tables.rest.TablesError;

/** The storage class of new tables: everything is kept as {@code STANDARD}. */
final class StorageClass {
  static final String MEMBER = "storageClassConfiguration";
  static final String NAME = "storageClass";
  static final String STANDARD = "STANDARD";

  private StorageClass() {}

  /** Refuses another storage class. */
  static void check(JsonMembers body) {
    body.members(MEMBER)
        .map(configuration -> configuration.text(NAME))
        .filter(storageClass -> !storageClass.equals(STANDARD))
        .ifPresent(
            storageClass -> {
              throw storageClass.equals("INTELLIGENT_TIERING")
                  ? TablesError.NOT_IMPLEMENTED.because(
                      "The storage class INTELLIGENT_TIERING is not implemented by this server.")
                  : TablesError.BAD_REQUEST.because("There is no such storage class.");
            });
  }
}
