package dev.lakebed.storage.metadata.iam;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Row of {@code iam_access_key}. */
@Entity
@Table(name = "iam_access_key")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class AccessKeyRow {
  @Id String id;

  @Column(name = "user_id", nullable = false)
  String userId;

  @Column(nullable = false)
  byte[] secret;

  @Column(nullable = false)
  boolean active;

  @Column(name = "created_ms", nullable = false)
  long createdMillis;

  /** For Hibernate. */
  protected AccessKeyRow() {}
}
