package dev.lakebed.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.support.Evidence;
import dev.lakebed.tables.TableServer.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The S3 Tables requests of the page the product was asked for from, and of SeaweedFS's Lakekeeper
 * test, which insists on 200 everywhere.
 */
@ParameterizedClass
@EnumSource(Backend.class)
class SeedFlowTest {
  private final TableServer s3tables;

  SeedFlowTest(Backend backend) {
    this.s3tables =
        new TableServer(backend).withHeader("Content-Type", "application/x-amz-json-1.1");
  }

  @Test
  @Evidence({"catalog-K3", "rule-87"})
  void seed_requests_answer_200_from_creation_to_deletion() {
    String label = s3tables.label;
    Answer bucket =
        s3tables
            .root("PUT", "/buckets", "{\"name\": \"%s\"}".formatted(s3tables.bucket))
            .requireOk();
    assertThat(bucket.member("arn")).isEqualTo(s3tables.arn);
    assertThat(s3tables.root("GET", "/buckets/" + label).requireOk().member("name"))
        .isEqualTo(s3tables.bucket);
    Answer list = s3tables.root("GET", "/buckets?prefix=" + s3tables.bucket).requireOk();
    assertThat(list.json().getJsonArray("tableBuckets")).hasSize(1);
    s3tables.root("PUT", "/namespaces/" + label, "{\"namespace\": [\"my_namespace\"]}").requireOk();
    s3tables.root("GET", "/namespaces/" + label + "/my_namespace").requireOk();
    s3tables.root("GET", "/namespaces/" + label).requireOk();
    Answer table =
        s3tables
            .root(
                "PUT",
                "/tables/" + label + "/my_namespace",
                "{\"name\": \"my_table\", \"format\": \"ICEBERG\"}")
            .requireOk();
    assertThat(table.member("tableARN")).startsWith(s3tables.arn + "/table/");
    assertThat(
            s3tables
                .root(
                    "GET",
                    "/get-table?tableBucketARN=" + label + "&namespace=my_namespace&name=my_table")
                .requireOk()
                .member("tableARN"))
        .isEqualTo(table.member("tableARN"));
    s3tables.root("GET", "/tables/" + label + "?namespace=my_namespace").requireOk();
    s3tables.root("DELETE", "/tables/" + label + "/my_namespace/my_table").requireOk();
    s3tables.root("DELETE", "/namespaces/" + label + "/my_namespace").requireOk();
    s3tables.root("DELETE", "/buckets/" + label).requireOk();
    s3tables.root("GET", "/buckets/" + label).requireError(404, "NotFoundException");
  }
}
