package dev.lakebed.storage.metadata.object;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** Table {@code committer}. Read and written by plain statements. */
@Entity
@Table(name = "committer")
@NullUnmarked
class CommitterEntity {
  @Id private UUID id;

  @Column(nullable = false)
  private long batch;

  @Column(name = "seen_ms", nullable = false)
  private long seenMillis;

  CommitterEntity() {}
}
