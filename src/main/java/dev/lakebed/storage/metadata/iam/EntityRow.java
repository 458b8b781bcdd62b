package dev.lakebed.storage.metadata.iam;

import dev.lakebed.storage.metadata.TagText;
import dev.lakebed.storage.metadata.iam.Entity.EntityArn;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.Entity.Versions;
import jakarta.persistence.Column;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Row of {@code iam_entity}, whose constraints say what may not be null. */
@jakarta.persistence.Entity
@Table(name = "iam_entity")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class EntityRow {
  @Id String id;
  String account;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  Kind kind;

  String name;
  String folded;
  String path;

  @Column(name = "created_ms")
  long createdMillis;

  @Column(name = "updated_ms")
  long updatedMillis;

  String description;
  String document;
  @Nullable String boundary;
  String tags;

  @Column(name = "max_session")
  int maxSession;

  @Column(name = "default_version")
  int defaultVersion;

  @Column(name = "last_version")
  int lastVersion;

  protected EntityRow() {}

  static EntityRow of(Entity entity) {
    EntityRow row = new EntityRow();
    row.id = entity.id();
    row.account = entity.account();
    row.kind = entity.kind();
    row.createdMillis = entity.created().toEpochMilli();
    row.set(entity);
    return row;
  }

  /** Takes over everything that can change. */
  void set(Entity entity) {
    name = entity.name();
    folded = fold(entity.name());
    path = entity.path();
    updatedMillis = entity.versions().changed().toEpochMilli();
    description = entity.description();
    document = entity.document();
    boundary = entity.boundary().orElse(null);
    tags = TagText.write(entity.tags());
    maxSession = entity.maxSession();
    defaultVersion = entity.versions().inForce();
    lastVersion = entity.versions().last();
  }

  static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  Entity entity() {
    return new Entity(
        id,
        new EntityArn(account, kind, path, name),
        Instant.ofEpochMilli(createdMillis),
        description,
        document,
        Optional.ofNullable(boundary),
        TagText.read(tags),
        maxSession,
        new Versions(defaultVersion, lastVersion, Instant.ofEpochMilli(updatedMillis)),
        false);
  }
}
