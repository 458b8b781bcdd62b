package dev.lakebed.tables.error;

import dev.lakebed.auth.AccessDeniedException;

/**
 * Words for a refused permission. A table's ARN holds its id, which only exists when the table
 * does; so it is left out, and a refusal reads the same whether the table exists or not.
 */
final class DenialMessage {
  private static final String TABLE = "/table/";

  private DenialMessage() {}

  static String of(AccessDeniedException refused) {
    String resource = refused.resource();
    int table = resource.indexOf(TABLE);
    return refused
        .denial()
        .named(
            "User: %s is not authorized to perform: %s on resource: %s %s"
                .formatted(
                    refused.principal(),
                    refused.action(),
                    table < 0 ? resource : resource.substring(0, table + TABLE.length()) + '*',
                    refused.decision().reason()));
  }
}
