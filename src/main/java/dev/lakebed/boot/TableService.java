package dev.lakebed.boot;

import dev.lakebed.metadata.MetadataStore;
import dev.lakebed.metadata.tables.JpaNamespaces;
import dev.lakebed.metadata.tables.JpaTablePolicies;
import dev.lakebed.metadata.tables.JpaTables;
import dev.lakebed.metadata.tables.SqlDrops;
import dev.lakebed.pipeline.Protocol;
import dev.lakebed.tables.TablesProtocol;
import dev.lakebed.tables.operation.Services;
import dev.lakebed.tables.storage.TablePurge;
import java.time.InstantSource;

/** The S3 Tables protocol on the metadata store. */
record TableService(Protocol protocol, TablePurge purge) {
  static TableService of(String region, MetadataStore metadata, InstantSource clock) {
    TableFiles files = new TableFiles(metadata.objects(), metadata.uploads());
    TablePurge purge = new TablePurge(new SqlDrops(metadata.database()), files);
    Services services =
        new Services(
            region,
            metadata.buckets(),
            metadata.accessRules(),
            new JpaNamespaces(metadata.database()),
            new JpaTables(metadata.database()),
            new JpaTablePolicies(metadata.database()),
            files,
            purge,
            clock);
    return new TableService(new TablesProtocol(services), purge);
  }
}
