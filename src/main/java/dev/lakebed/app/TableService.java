package dev.lakebed.app;

import dev.lakebed.auth.PrincipalBinding;
import dev.lakebed.operation.Protocol;
import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.MetadataStore;
import dev.lakebed.storage.metadata.tables.JpaNamespaces;
import dev.lakebed.storage.metadata.tables.JpaTablePolicies;
import dev.lakebed.storage.metadata.tables.JpaTables;
import dev.lakebed.storage.metadata.tables.SqlDrops;
import dev.lakebed.tables.TableData;
import dev.lakebed.tables.TableRights;
import dev.lakebed.tables.TablesProtocol;
import dev.lakebed.tables.operation.TablePurge;
import dev.lakebed.tables.operation.TablesServices;
import java.time.InstantSource;

/** The S3 Tables protocol on the metadata store. */
record TableService(Protocol protocol, TablePurge purge, TableRights rights) {
  static TableService of(
      String region, MetadataStore metadata, PrincipalBinding principals, InstantSource clock) {
    Database reads = metadata.database();
    Database writes = metadata.writers();
    TableFiles files = new TableFiles(metadata.objects(), metadata.uploads());
    TablePurge purge = new TablePurge(new SqlDrops(reads, writes), files);
    JpaTables tables = new JpaTables(reads, writes);
    JpaTablePolicies policies = new JpaTablePolicies(reads, writes);
    TablesServices services =
        new TablesServices(
            region,
            metadata.buckets(),
            metadata.accessRules(),
            new JpaNamespaces(reads, writes),
            tables,
            policies,
            principals,
            files,
            purge,
            clock);
    return new TableService(
        new TablesProtocol(services),
        purge,
        new TableRights(metadata.buckets(), new TableData(region, tables, policies)));
  }
}
