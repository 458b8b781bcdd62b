package dev.lakebed.storage.metadata.object;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.Serial;
import java.io.Serializable;
import org.jspecify.annotations.NullUnmarked;

/** Table {@code upload_part}. Read and written by plain statements. */
@Entity
@Table(name = "upload_part")
@NullUnmarked
class UploadPartEntity implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  @Id
  @Column(name = "upload_id", length = 128)
  private String uploadId;

  @Id private int number;

  @Column(nullable = false)
  private long size;

  @Column(nullable = false, length = 128)
  private String etag;

  @Column(name = "modified_ms", nullable = false)
  private long modifiedMillis;

  @Column(length = 128)
  private String checksum;

  @Column(nullable = false)
  private byte[] ref;

  UploadPartEntity() {}

  @Override
  public boolean equals(Object object) {
    return object instanceof UploadPartEntity other
        && uploadId.equals(other.uploadId)
        && number == other.number;
  }

  @Override
  public int hashCode() {
    return 31 * uploadId.hashCode() + number;
  }
}
