package dev.lakebed.storage.metadata.tables;

import dev.lakebed.storage.metadata.TagText;
import dev.lakebed.storage.metadata.tables.Drops.DroppedTable;
import dev.lakebed.storage.metadata.tables.StoredTable.StoredNamespace;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row without its lease. A dropped table has no namespace but keeps its location. */
@Entity
@Table(name = "managed_table")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class TableEntity {
  @Id UUID id;

  @Column(name = "bucket_id", nullable = false)
  long bucket;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "namespace_id")
  @Nullable NamespaceEntity namespace;

  @Column(nullable = false)
  String name;

  @Column(nullable = false)
  String location;

  @Column(name = "metadata_location")
  @Nullable String metadataLocation;

  @Column(name = "version_token", nullable = false)
  String versionToken;

  @Column(name = "created_ms", nullable = false)
  long createdMillis;

  @Column(name = "created_by", nullable = false)
  String createdBy;

  @Column(name = "modified_ms", nullable = false)
  long modifiedMillis;

  @Column(name = "modified_by", nullable = false)
  String modifiedBy;

  @Column(name = "dropped_ms")
  @Nullable Long droppedMillis;

  @Column(nullable = false, columnDefinition = "text")
  String tags;

  static TableEntity of(StoredTable table, NamespaceEntity namespace) {
    TableEntity entity = new TableEntity();
    entity.id = table.id();
    entity.bucket = table.namespace().bucket();
    entity.namespace = namespace;
    entity.name = table.name();
    entity.location = table.location();
    entity.metadataLocation = table.metadataLocation().orElse(null);
    entity.versionToken = table.versionToken();
    entity.createdMillis = table.created().at().toEpochMilli();
    entity.createdBy = table.created().by();
    entity.modify(table.modified());
    entity.tags = TagText.write(table.tags());
    return entity;
  }

  final void modify(StoredTable.Change change) {
    modifiedMillis = change.at().toEpochMilli();
    modifiedBy = change.by();
  }

  /** The table, unless it is dropped. */
  Optional<StoredTable> stored() {
    return Optional.ofNullable(namespace)
        .map(
            live ->
                new StoredTable(
                    id,
                    live.stored(),
                    name,
                    location,
                    Optional.ofNullable(metadataLocation),
                    versionToken,
                    new StoredTable.Change(Instant.ofEpochMilli(createdMillis), createdBy),
                    new StoredTable.Change(Instant.ofEpochMilli(modifiedMillis), modifiedBy),
                    TagText.read(tags)));
  }

  DroppedTable dropped() {
    return new DroppedTable(id, bucket, location);
  }

  @Entity(name = "TablePolicyEntity")
  @Table(name = "table_policy")
  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  static class TablePolicyEntity {
    @Id
    @Column(name = "table_id")
    UUID table;

    @Column(nullable = false, columnDefinition = "text")
    String document;
  }

  @Entity(name = "NamespaceEntity")
  @Table(name = "table_namespace")
  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  static class NamespaceEntity {
    @Id UUID id;

    @Column(name = "bucket_id", nullable = false)
    long bucket;

    @Column(nullable = false)
    String name;

    @Column(name = "created_ms", nullable = false)
    long createdMillis;

    @Column(name = "created_by", nullable = false)
    String createdBy;

    static NamespaceEntity of(StoredNamespace namespace) {
      NamespaceEntity entity = new NamespaceEntity();
      entity.id = namespace.id();
      entity.bucket = namespace.bucket();
      entity.name = namespace.name();
      entity.createdMillis = namespace.createdAt().toEpochMilli();
      entity.createdBy = namespace.createdBy();
      return entity;
    }

    StoredNamespace stored() {
      return new StoredNamespace(id, bucket, name, Instant.ofEpochMilli(createdMillis), createdBy);
    }
  }
}
