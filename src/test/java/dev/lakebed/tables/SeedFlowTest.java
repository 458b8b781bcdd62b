package dev.lakebed.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
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
  private final Fixture s3tables;

  SeedFlowTest(Backend backend) {
    this.s3tables = new Fixture(backend).withHeader("Content-Type", "application/x-amz-json-1.1");
  }

  @Test
  @Evidence({"catalog-K3", "rule-87"})
  void seed_requests_answer_200_from_creation_to_deletion() {
    String label = s3tables.label;
    Answer bucket =
        s3tables.root("PUT", "/buckets", "{\"name\": \"%s\"}".formatted(s3tables.bucket)).ok();
    assertThat(bucket.text("arn")).isEqualTo(s3tables.arn);
    assertThat(s3tables.root("GET", "/buckets/" + label).ok().text("name"))
        .isEqualTo(s3tables.bucket);
    Answer list = s3tables.root("GET", "/buckets?prefix=" + s3tables.bucket).ok();
    assertThat(list.body().getJsonArray("tableBuckets")).hasSize(1);
    s3tables.root("PUT", "/namespaces/" + label, "{\"namespace\": [\"my_namespace\"]}").ok();
    s3tables.root("GET", "/namespaces/" + label + "/my_namespace").ok();
    s3tables.root("GET", "/namespaces/" + label).ok();
    Answer table =
        s3tables
            .root(
                "PUT",
                "/tables/" + label + "/my_namespace",
                "{\"name\": \"my_table\", \"format\": \"ICEBERG\"}")
            .ok();
    assertThat(table.text("tableARN")).startsWith(s3tables.arn + "/table/");
    assertThat(
            s3tables
                .root(
                    "GET",
                    "/get-table?tableBucketARN=" + label + "&namespace=my_namespace&name=my_table")
                .ok()
                .text("tableARN"))
        .isEqualTo(table.text("tableARN"));
    s3tables.root("GET", "/tables/" + label + "?namespace=my_namespace").ok();
    s3tables.root("DELETE", "/tables/" + label + "/my_namespace/my_table").ok();
    s3tables.root("DELETE", "/namespaces/" + label + "/my_namespace").ok();
    s3tables.root("DELETE", "/buckets/" + label).ok();
    s3tables.root("GET", "/buckets/" + label).isError(404, "NotFoundException");
  }
}
