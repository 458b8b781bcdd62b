package dev.lakebed.storage.metadata.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.MetadataContract;
import dev.lakebed.storage.metadata.Samples;
import dev.lakebed.storage.metadata.TestStores;
import dev.lakebed.storage.metadata.store.MetadataStore;
import dev.lakebed.storage.metadata.tables.Namespaces.JpaNamespaces;
import dev.lakebed.storage.metadata.tables.StoredTable.StoredNamespace;
import dev.lakebed.support.CapturedLog;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A conflict that only the database finds is an answer, and no failure. */
class NamespaceConflictTest extends MetadataContract {
  private static final long NO_BUCKET = Long.MAX_VALUE;

  @Override
  protected MetadataStore open() {
    return TestStores.embedded();
  }

  @Test
  void a_constraint_that_refuses_a_namespace_leaves_no_line_in_the_log() {
    Database database = store.database();
    Namespaces namespaces = new JpaNamespaces(database, database);
    StoredNamespace lost =
        new StoredNamespace(UUID.randomUUID(), NO_BUCKET, "n", Samples.now(), Samples.OWNER);
    try (CapturedLog log = new CapturedLog("org.hibernate")) {
      assertThatThrownBy(() -> namespaces.create(lost))
          .isInstanceOfSatisfying(
              CatalogException.class,
              refused ->
                  assertThat(refused.reason()).isEqualTo(CatalogException.Reason.NO_SUCH_BUCKET));
      assertThat(log.lines()).isEmpty();
    }
  }
}
