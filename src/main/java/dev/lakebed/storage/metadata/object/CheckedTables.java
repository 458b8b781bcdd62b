package dev.lakebed.storage.metadata.object;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/**
 * Tables that plain statements read and write. They are entities only so that Hibernate checks
 * their columns at the start; one column stands for the identity.
 */
@NullUnmarked
final class CheckedTables {
  private CheckedTables() {}

  @Entity
  @Table(name = "object")
  static class ObjectEntity {
    @Id
    @Column(name = "bucket_id")
    private long bucketId;

    @Column(nullable = false)
    private byte[] key;

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
  }

  @Entity
  @Table(name = "upload")
  static class UploadEntity {
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
  }

  @Entity
  @Table(name = "upload_part")
  static class UploadPartEntity {
    @Id
    @Column(name = "upload_id", length = 128)
    private String uploadId;

    @Column(nullable = false)
    private int number;

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
  }

  @Entity
  @Table(name = "committer")
  static class CommitterEntity {
    @Id private UUID id;

    @Column(nullable = false)
    private long batch;

    @Column(name = "seen_ms", nullable = false)
    private long seenMillis;
  }

  @Entity(name = "ReleasedBlobEntity")
  @Table(name = "released_blob")
  static class ReleasedBlobEntity {
    @Id private byte[] ref;

    @Column(name = "released_ms", nullable = false)
    private long releasedMillis;
  }
}
