package dev.lakebed.storage.metadata.bucket;

import dev.lakebed.storage.metadata.TagText;
import dev.lakebed.storage.metadata.bucket.Bucket.BucketTags;
import dev.lakebed.storage.metadata.bucket.BucketAccess.PublicAccessBlock;
import dev.lakebed.storage.metadata.bucket.BucketAccess.StoredPolicy;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

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

  Bucket toBucket() {
    return new Bucket(id, name, kind, owner, Instant.ofEpochMilli(createdMillis));
  }

  @Entity(name = "BucketAccessEntity")
  @Table(name = "bucket_access")
  static class BucketAccessEntity {
    @Id
    @Column(name = "bucket_id")
    private long bucket;

    @Column(name = "s3_policy", columnDefinition = "text")
    private String s3Policy;

    @Column(name = "tables_policy", columnDefinition = "text")
    private String tablesPolicy;

    @Column(name = "public_block")
    private Short publicBlock;

    @Column(nullable = false, columnDefinition = "text")
    private String tags;

    @Column(nullable = false)
    private boolean abac;

    @Column(name = "cors")
    private byte[] cors;

    Bucket addTo(Bucket bucket) {
      return bucket
          .with(toAccess())
          .with(new BucketTags(TagText.read(tags), abac))
          .withCors(cors == null ? List.of() : CorsRule.decode(cors));
    }

    private BucketAccess toAccess() {
      return new BucketAccess(
          Optional.ofNullable(s3Policy).map(text -> StoredPolicy.parse("bucket policy", text)),
          Optional.ofNullable(tablesPolicy)
              .map(text -> StoredPolicy.parse("table bucket policy", text)),
          Optional.ofNullable(publicBlock).map(bits -> PublicAccessBlock.ofBits(bits)));
    }
  }
}
