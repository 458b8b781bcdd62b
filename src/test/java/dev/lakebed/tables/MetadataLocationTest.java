package dev.lakebed.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.support.Evidence;
import dev.lakebed.tables.TableServer.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** GetTableMetadataLocation and UpdateTableMetadataLocation. */
@Evidence("contract-1.4")
@ParameterizedClass
@EnumSource(Backend.class)
class MetadataLocationTest {
  private final TableServer s3tables;
  private String token = "";
  private String warehouse = "";

  MetadataLocationTest(Backend backend) {
    this.s3tables = new TableServer(backend);
  }

  @BeforeEach
  void createTable() {
    s3tables.withNamespace("ns").table("ns", "t").requireOk();
    Answer location = s3tables.location("ns", "t").requireOk();
    token = location.member("versionToken");
    warehouse = location.member("warehouseLocation");
  }

  @Test
  @Evidence("rule-89")
  void fresh_table_has_a_warehouse_and_a_token_but_no_metadata() {
    Answer location = s3tables.location("ns", "t").requireOk();
    assertThat(warehouse).isEqualTo("s3://" + s3tables.bucket + "/ns/t");
    assertThat(location.json()).doesNotContainKey("metadataLocation");
  }

  @Test
  @Evidence("rule-88")
  void commit_sets_the_location_and_changes_the_token() {
    s3tables.object("ns/t/metadata/00000.metadata.json");
    String location = warehouse + "/metadata/00000.metadata.json";
    Answer commit = s3tables.commit("ns", "t", token, location).requireOk();
    assertThat(commit.member("metadataLocation")).isEqualTo(location);
    assertThat(commit.member("versionToken")).isNotEqualTo(token);
    assertThat(commit.member("name")).isEqualTo("t");
    assertThat(commit.json().getJsonArray("namespace").getString(0)).isEqualTo("ns");
    Answer after = s3tables.location("ns", "t").requireOk();
    assertThat(after.member("metadataLocation")).isEqualTo(location);
    assertThat(after.member("versionToken")).isEqualTo(commit.member("versionToken"));
  }

  @Test
  @Evidence("rule-88")
  void stale_token_is_a_conflict_and_leaves_the_pointer() {
    s3tables.object("ns/t/metadata/a.json");
    s3tables.object("ns/t/metadata/b.json");
    s3tables.commit("ns", "t", token, warehouse + "/metadata/a.json").requireOk();
    s3tables
        .commit("ns", "t", token, warehouse + "/metadata/b.json")
        .requireError(409, "ConflictException");
    assertThat(s3tables.location("ns", "t").member("metadataLocation"))
        .isEqualTo(warehouse + "/metadata/a.json");
  }

  @Test
  @Evidence({"catalog-K2", "attack-50", "promise-4"})
  void of_16_parallel_commits_exactly_one_wins() throws Exception {
    s3tables.object("ns/t/metadata/a.json");
    for (int round = 0; round < 5; round++) {
      String current = s3tables.location("ns", "t").member("versionToken");
      assertThat(parallelCommits(16, current)).containsOnlyOnce(200).containsOnly(200, 409);
    }
  }

  private List<Integer> parallelCommits(int writers, String current)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      List<Callable<Integer>> commits = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        commits.add(
            () -> s3tables.commit("ns", "t", current, warehouse + "/metadata/a.json").status());
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> result : threads.invokeAll(commits)) {
        statuses.add(result.get());
      }
      return statuses;
    }
  }

  @Test
  @Evidence("attack-50")
  void commit_to_a_dropped_and_recreated_table_is_a_conflict() {
    s3tables.object("other");
    s3tables.root("DELETE", "/tables/" + s3tables.label + "/ns/t").requireOk();
    s3tables.table("ns", "t").requireOk();
    s3tables.object("ns/t/metadata/a.json");
    s3tables
        .commit("ns", "t", token, warehouse + "/metadata/a.json")
        .requireError(409, "ConflictException");
  }

  @Test
  @Evidence("attack-47")
  void location_outside_the_table_is_refused() {
    s3tables.table("ns", "t2").requireOk();
    for (String key :
        List.of("ns/t2/metadata/a.json", "ns/tx/a.json", "ns/t", "ns/a.json", "a.json")) {
      s3tables.object(key);
      s3tables
          .commit("ns", "t", token, "s3://" + s3tables.bucket + '/' + key)
          .requireError(400, "BadRequestException");
    }
    s3tables
        .commit("ns", "t", token, "s3://other-bucket/ns/t/metadata/a.json")
        .requireError(400, "BadRequestException");
    assertThat(s3tables.location("ns", "t").member("versionToken")).isEqualTo(token);
  }

  @Test
  @Evidence({"attack-46", "attack-47"})
  void location_that_climbs_out_is_refused_even_if_such_a_key_exists() {
    for (String tail :
        List.of("/../t2/a.json", "/./a.json", "//a.json", "/metadata/../../t2/a", "/a/..", "/")) {
      s3tables.object("ns/t" + tail);
      s3tables.commit("ns", "t", token, warehouse + tail).requireError(400, "BadRequestException");
    }
    for (String odd :
        List.of("", "s3:/x", "s3://", "https://x/ns/t/a", "S3://x/y", warehouse + "/a\u0001b")) {
      s3tables.commit("ns", "t", token, odd).requireError(400, "BadRequestException");
    }
  }

  @Test
  void location_without_object_is_refused() {
    s3tables
        .commit("ns", "t", token, warehouse + "/metadata/missing.json")
        .requireError(400, "BadRequestException");
  }

  @Test
  @Evidence("attack-77")
  void injection_in_the_token_is_inert() {
    s3tables.object("ns/t/metadata/a.json");
    s3tables
        .commit("ns", "t", "'--", warehouse + "/metadata/a.json")
        .requireError(409, "ConflictException");
    s3tables
        .commit("ns", "t", "x' OR '1'='1", warehouse + "/metadata/a.json")
        .requireError(400, "BadRequestException");
    assertThat(s3tables.location("ns", "t").member("versionToken")).isEqualTo(token);
  }

  @Test
  void missing_token_or_location_is_refused() {
    String path = "/tables/" + s3tables.label + "/ns/t/metadata-location";
    s3tables.root("PUT", path, "{}").requireError(400, "BadRequestException");
    s3tables
        .root("PUT", path, "{\"versionToken\":\"" + token + "\"}")
        .requireError(400, "BadRequestException");
    s3tables
        .root("PUT", path, "{\"versionToken\":1,\"metadataLocation\":\"s3://b/k\"}")
        .requireError(400, "BadRequestException");
  }
}
