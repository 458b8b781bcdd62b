package dev.lakebed.storage.metadata.tables;

import dev.lakebed.storage.metadata.tables.StoredTable.StoredNamespace;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Row of {@code table_namespace}. */
@Entity
@Table(name = "table_namespace")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class NamespaceEntity {
  @Id UUID id;

  @Column(name = "bucket_id", nullable = false)
  long bucket;

  @Column(nullable = false)
  String name;

  @Column(name = "created_ms", nullable = false)
  long createdMillis;

  @Column(name = "created_by", nullable = false)
  String createdBy;

  /** For Hibernate. */
  protected NamespaceEntity() {}

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
