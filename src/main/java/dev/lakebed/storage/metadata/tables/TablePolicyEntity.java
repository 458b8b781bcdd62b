package dev.lakebed.storage.metadata.tables;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "table_policy")
@NullUnmarked
class TablePolicyEntity {
  @Id
  @Column(name = "table_id")
  UUID table;

  @Column(nullable = false, columnDefinition = "text")
  String document;
}
