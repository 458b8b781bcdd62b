package dev.lakebed.storage.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The cost of a statement does not depend on what it skips, whatever the statistics say. The tables
 * here have none.
 */
class QueryPlanTest {
  @Test
  void a_page_of_a_listing_is_an_index_range_without_sort() {
    assertThat(
            plan(
                "SELECT o.key FROM object o WHERE o.bucket_id = 1 AND o.key >= 'a'::bytea"
                    + " AND o.key < 'b'::bytea ORDER BY o.key LIMIT 1000"))
        .anyMatch(line -> line.contains("object_pkey"))
        .noneMatch(line -> line.contains("Seq Scan") || line.contains("Sort"));
  }

  @Test
  void common_prefixes_with_few_keys_are_not_sought_one_by_one() {
    int prefixes = 500;
    Bucket bucket =
        TestStores.external()
            .buckets()
            .create(Samples.bucketName(), Bucket.Kind.GENERAL, Samples.OWNER);
    for (int i = 0; i < prefixes; i++) {
      put(bucket, "%03d/x".formatted(i));
    }
    List<String> lines =
        plan(
            "(ANALYZE, BUFFERS) SELECT * FROM list_objects("
                + bucket.id()
                + ", ''::bytea, '~'::bytea, 0, '/'::bytea, '0'::bytea, 1000)");
    assertThat(lines).anyMatch(line -> line.contains("rows=" + prefixes));
    assertThat(pages(lines)).isLessThan(2 * prefixes);
  }

  @Test
  void current_objects_of_a_batch_are_read_by_key() {
    assertThat(
            plan(
                "SELECT k.n, o.size FROM unnest('{1,2}'::int8[], '{a,b}'::bytea[])"
                    + " WITH ORDINALITY AS k (bucket_id, key, n) CROSS JOIN LATERAL"
                    + " (SELECT * FROM object c WHERE c.bucket_id = k.bucket_id"
                    + " AND c.key = k.key LIMIT 1) AS o"))
        .anyMatch(line -> line.contains("object_pkey"))
        .noneMatch(line -> line.contains("Seq Scan") || line.contains("Sort"));
  }

  @Test
  void a_page_of_uploads_is_an_index_range_without_sort() {
    assertThat(
            plan(
                "SELECT id FROM upload WHERE bucket_id = 1 AND completed_ms IS NULL"
                    + " AND (key, initiated_ms, id) > ('a'::bytea, 1, 'x') AND key < 'b'::bytea"
                    + " ORDER BY key, initiated_ms, id LIMIT 10"))
        .anyMatch(line -> line.contains("upload_open"))
        .noneMatch(line -> line.contains("Seq Scan") || line.contains("Sort"));
  }

  private static void put(Bucket bucket, String key) {
    TestStores.external().objects().put(Samples.object(bucket.id(), key), WriteCondition.NONE);
  }

  /** How many pages of tables and indexes a statement looked at. */
  private static int pages(List<String> lines) {
    Matcher hit =
        lines.stream()
            .map(Pattern.compile("Buffers: shared hit=(\\d+)")::matcher)
            .filter(Matcher::find)
            .findFirst()
            .orElseThrow();
    return Integer.parseInt(hit.group(1));
  }

  private static List<String> plan(String sql) {
    return TestStores.external()
        .database()
        .read(
            connection -> {
              try (var statement = connection.createStatement();
                  var rows = statement.executeQuery("EXPLAIN " + sql)) {
                List<String> lines = new ArrayList<>();
                while (rows.next()) {
                  lines.add(rows.getString(1));
                }
                return lines;
              }
            });
  }
}
