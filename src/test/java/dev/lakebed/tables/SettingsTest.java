package dev.lakebed.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.support.Evidence;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settings that can only be read so far. */
@Evidence({"contract-1.6", "rule-90"})
class SettingsTest {
  private final TableServer s3tables = TableServer.inMemory();
  private String bucket = "";
  private String table = "";

  @BeforeEach
  void createTable() {
    s3tables.withNamespace("ns").table("ns", "t").requireOk();
    bucket = "/buckets/" + s3tables.label;
    table = "/tables/" + s3tables.label + "/ns/t";
  }

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
  }

  @Test
  void fresh_bucket_has_the_documented_maintenance_defaults() {
    assertThat(
            s3tables
                .root("GET", bucket + "/maintenance")
                .requireOk()
                .json()
                .getJsonObject("configuration"))
        .isEqualTo(
            json(
                """
                {'icebergUnreferencedFileRemoval':{'status':'enabled','settings':
                  {'icebergUnreferencedFileRemoval':{'unreferencedDays':3,'nonCurrentDays':10}}}}\
                """));
  }

  @Test
  void fresh_table_has_the_documented_maintenance_defaults() {
    assertThat(
            s3tables
                .root("GET", table + "/maintenance")
                .requireOk()
                .json()
                .getJsonObject("configuration"))
        .isEqualTo(
            json(
                """
                {'icebergCompaction':{'status':'enabled','settings':
                  {'icebergCompaction':{'targetFileSizeMB':512,'strategy':'auto'}}},
                 'icebergSnapshotManagement':{'status':'enabled','settings':
                  {'icebergSnapshotManagement':{'minSnapshotsToKeep':1,'maxSnapshotAgeHours':120}}}}\
                """));
  }

  @Test
  void maintenance_jobs_have_not_run() {
    assertThat(
            s3tables
                .root("GET", table + "/maintenance-job-status")
                .requireOk()
                .json()
                .getJsonObject("status"))
        .containsOnlyKeys(
            "icebergCompaction", "icebergSnapshotManagement", "icebergUnreferencedFileRemoval")
        .containsEntry("icebergCompaction", json("{'status':'Not_Yet_Run'}"));
  }

  @Test
  void storage_class_is_standard() {
    for (String path : List.of(bucket, table)) {
      assertThat(s3tables.root("GET", path + "/storage-class").requireOk().json())
          .isEqualTo(json("{'storageClassConfiguration':{'storageClass':'STANDARD'}}"));
    }
  }

  /** Nothing is encrypted at rest; Terraform takes this answer for a bucket without encryption. */
  @Test
  void encryption_is_not_configured() {
    for (String path : List.of(bucket, table)) {
      Answer none = s3tables.root("GET", path + "/encryption");
      none.requireError(404, "NotFoundException");
      assertThat(none.member("message")).endsWith("has no encryption configuration.");
    }
  }

  @Test
  void settings_of_what_does_not_exist_are_not_found() {
    for (String setting : List.of("/storage-class", "/maintenance")) {
      s3tables
          .root("GET", bucket.replace(s3tables.bucket, "gone") + setting)
          .requireError(404, "NotFoundException");
      s3tables.root("GET", table + "x" + setting).requireError(404, "NotFoundException");
    }
  }
}
