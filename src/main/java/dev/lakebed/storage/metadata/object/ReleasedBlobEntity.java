package dev.lakebed.storage.metadata.object;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** Table {@code released_blob}. */
@Entity
@Table(name = "released_blob")
@NullUnmarked
class ReleasedBlobEntity {
  @Id private byte[] ref;

  @Column(name = "released_ms", nullable = false)
  private long releasedMillis;

  ReleasedBlobEntity() {}
}
