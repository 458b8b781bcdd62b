package dev.lakebed.storage.metadata.bucket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** Table {@code bucket}. */
@Entity
@Table(name = "bucket")
@NullUnmarked
class BucketEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @Column(nullable = false, unique = true)
  private String name;

  @Enumerated(EnumType.STRING)
  @Column(nullable = false, length = 16)
  private Bucket.Kind kind;

  @Column(nullable = false, length = 64)
  private String owner;

  @Column(name = "created_ms", nullable = false)
  private long createdMillis;

  BucketEntity() {}

  Bucket toBucket() {
    return new Bucket(id, name, kind, owner, Instant.ofEpochMilli(createdMillis));
  }
}
