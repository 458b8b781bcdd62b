package dev.lakebed.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.metadata.tables.Drops;
import dev.lakebed.storage.metadata.tables.Drops.DroppedTable;
import dev.lakebed.storage.metadata.tables.Drops.Lease;
import dev.lakebed.tables.TableServer.Backend;
import dev.lakebed.tables.table.TablePurge;
import dev.lakebed.tables.table.TablePurge.TableFiles;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Dropping a table removes its files and nothing else, also when it is cut off. */
@ParameterizedClass
@EnumSource(Backend.class)
class PurgeTest {
  private final TableServer s3tables;
  private final Drops drops;

  PurgeTest(Backend backend) {
    this.s3tables = new TableServer(backend);
    this.drops = s3tables.server.purge.drops();
  }

  @BeforeEach
  void createTable() {
    s3tables.withNamespace("ns").table("ns", "t").requireOk();
  }

  private DroppedTable drop() {
    UUID id = s3tables.tables().find(s3tables.stored().id(), "ns", "t").orElseThrow().id();
    return s3tables.tables().drop(id, Optional.empty());
  }

  private String locationOfNewTable() {
    s3tables.table("ns", "t").requireOk();
    return s3tables.location("ns", "t").member("warehouseLocation");
  }

  @Test
  void delete_removes_the_files_of_the_table_and_frees_its_place() {
    for (String key : new String[] {"ns/t/data/a", "ns/t/metadata/b", "ns/t2/a", "ns/tx", "ns/t"}) {
      s3tables.object(key);
    }
    s3tables.root("DELETE", "/tables/" + s3tables.label + "/ns/t").requireOk();
    assertThat(s3tables.keys()).containsExactly("ns/t", "ns/t2/a", "ns/tx");
    assertThat(locationOfNewTable()).endsWith("/ns/t");
  }

  @Test
  void place_of_a_dropped_table_is_not_used_before_its_files_are_gone() {
    s3tables.object("ns/t/data/a");
    DroppedTable dropped = drop();
    assertThat(locationOfNewTable()).contains("/ns/t-");
    s3tables.object(locationKey() + "/data/new");
    s3tables.server.purge.begin(dropped);
    assertThat(s3tables.keys()).containsExactly(locationKey() + "/data/new");
  }

  private String locationKey() {
    return s3tables.tables().find(s3tables.stored().id(), "ns", "t").orElseThrow().location();
  }

  @Test
  void sweep_finishes_a_purge_that_a_crash_cut_off() {
    s3tables.object("ns/t/data/a");
    DroppedTable dropped = drop();
    assertThat(drops.waiting(1000)).contains(dropped);
    s3tables.server.purge.sweep();
    assertThat(s3tables.keys()).isEmpty();
    assertThat(drops.waiting(1000)).doesNotContain(dropped);
    s3tables.root("DELETE", "/namespaces/" + s3tables.label + "/ns").requireOk();
    s3tables.root("DELETE", "/buckets/" + s3tables.label).requireOk();
  }

  @Test
  void only_one_node_purges_a_table() {
    DroppedTable dropped = drop();
    Lease lease = drops.claim(dropped).orElseThrow();
    assertThat(drops.claim(dropped)).isEmpty();
    assertThat(drops.waiting(1000)).doesNotContain(dropped);
    Lease prolonged = drops.prolong(lease).orElseThrow();
    drops.release(prolonged);
    assertThat(drops.claim(dropped)).isPresent();
  }

  @Test
  void delete_of_a_huge_table_leaves_the_rest_to_the_sweep() {
    CountingPurge files = new CountingPurge(25);
    TablePurge purge = new TablePurge(drops, files);
    DroppedTable dropped = drop();
    purge.begin(dropped);
    assertThat(files.calls).isEqualTo(20);
    assertThat(drops.waiting(1000)).contains(dropped);
    purge.begin(dropped);
    assertThat(files.calls).isEqualTo(25);
    assertThat(drops.waiting(1000)).doesNotContain(dropped);
  }

  private static final class CountingPurge implements TableFiles {
    private final int needed;
    private int calls;

    CountingPurge(int needed) {
      this.needed = needed;
    }

    @Override
    public boolean exists(long bucket, String key) {
      return true;
    }

    @Override
    public boolean anyUnder(long bucket, String prefix) {
      return true;
    }

    @Override
    public boolean deleteSome(long bucket, String prefix, int limit) {
      calls++;
      return calls < needed;
    }
  }
}
