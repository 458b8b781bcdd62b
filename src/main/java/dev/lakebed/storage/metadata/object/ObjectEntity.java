package dev.lakebed.storage.metadata.object;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.NullUnmarked;

/** Table {@code object}: the current version of each key. Read and written by plain statements. */
@Entity
@Table(name = "object")
@NullUnmarked
class ObjectEntity implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  @Id
  @Column(name = "bucket_id")
  private long bucketId;

  @Id private byte[] key;

  @Column(name = "version_id")
  private byte[] versionId;

  @Column(nullable = false)
  private long size;

  @Column(name = "modified_ms", nullable = false)
  private long modifiedMillis;

  @Column(nullable = false, length = 128)
  private String etag;

  @Column(name = "storage_class", length = 64)
  private String storageClass;

  @Column(name = "checksum_algorithm", length = 16)
  private String checksumAlgorithm;

  @Column(name = "checksum_full")
  private Boolean checksumFull;

  @Column(length = 128)
  private String checksum;

  @Column(nullable = false)
  private byte[] attributes;

  @Column(nullable = false)
  private byte[] chunks;

  ObjectEntity() {}

  @Override
  public boolean equals(Object object) {
    return object instanceof ObjectEntity other
        && bucketId == other.bucketId
        && Arrays.equals(key, other.key);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(bucketId) + Arrays.hashCode(key);
  }
}
