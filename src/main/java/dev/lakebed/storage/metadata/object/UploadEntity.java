package dev.lakebed.storage.metadata.object;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** Table {@code upload}. Read and written by plain statements. */
@Entity
@Table(name = "upload")
@NullUnmarked
class UploadEntity {
  @Id
  @Column(length = 128)
  private String id;

  @Column(name = "bucket_id", nullable = false)
  private long bucketId;

  @Column(nullable = false)
  private byte[] key;

  @Column(name = "initiated_ms", nullable = false)
  private long initiatedMillis;

  @Column(nullable = false, length = 2048)
  private String initiator;

  @Column(nullable = false)
  private byte[] attributes;

  @Column(name = "checksum_algorithm", length = 16)
  private String checksumAlgorithm;

  @Column(name = "checksum_full", nullable = false)
  private boolean checksumFull;

  @Column(name = "completed_ms")
  private Long completedMillis;

  @Column private byte[] completed;

  UploadEntity() {}
}
