package dev.lakebed.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.support.Evidence;
import dev.lakebed.tables.TableServer.Backend;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Which table an object belongs to. */
@Evidence({"contract-1.5", "rule-91"})
@ParameterizedClass
@EnumSource(Backend.class)
class TableDataTest {
  private final TableServer s3tables;
  private final TableData tableData;

  TableDataTest(Backend backend) {
    this.s3tables = new TableServer(backend);
    this.tableData = s3tables.server.rights.tables();
  }

  @Test
  @Evidence("attack-49")
  void key_in_a_tables_location_needs_the_tables_rights() {
    String arn = s3tables.withNamespace("ns").table("ns", "t").requireOk().member("tableARN");
    for (String key : List.of("ns/t/", "ns/t/metadata/a.json", "ns/t/../t2/x", "ns/t//x")) {
      TableData.DataTable table = tableData.find(s3tables.stored(), key).orElseThrow();
      assertThat(table.read().action()).isEqualTo("s3tables:GetTableData");
      assertThat(table.write().action()).isEqualTo("s3tables:PutTableData");
      assertThat(table.write().resource().arn()).isEqualTo(arn);
      assertThat(table.write().keys().values("s3tables:namespace")).containsExactly("ns");
      assertThat(table.write().keys().values("s3tables:tablename")).containsExactly("t");
    }
  }

  @Test
  void keys_elsewhere_belong_to_no_table() {
    s3tables.withNamespace("ns").table("ns", "t").requireOk();
    for (String key :
        List.of(
            "",
            "a",
            "ns",
            "ns/",
            "ns/t",
            "ns/t2/a",
            "ns/tx/",
            "/ns/t/a",
            "Ns/t/a",
            "ns//t/a",
            "ns/t\u0000/a")) {
      assertThat(tableData.find(s3tables.stored(), key)).as(key).isEmpty();
    }
    Bucket general =
        new Bucket(s3tables.stored().id(), "x", Bucket.Kind.GENERAL, "0", Instant.EPOCH);
    assertThat(tableData.find(general, "ns/t/a")).isEmpty();
  }

  @Test
  void renamed_table_keeps_its_files_and_a_dropped_one_has_none() {
    s3tables.withNamespace("ns").table("ns", "t").requireOk();
    String table = "/tables/" + s3tables.label + "/ns/";
    s3tables.root("PUT", table + "t/rename", "{\"newName\":\"u\"}").requireOk();
    assertThat(tableData.find(s3tables.stored(), "ns/t/a").orElseThrow().name()).isEqualTo("u");
    assertThat(tableData.find(s3tables.stored(), "ns/u/a")).isEmpty();
    s3tables.root("DELETE", table + "u").requireOk();
    assertThat(tableData.find(s3tables.stored(), "ns/t/a")).isEmpty();
  }
}
