package dev.lakebed.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.app.StartEnd.StartFailure;
import dev.lakebed.kit.MemoryMetadata;
import dev.lakebed.kit.MemoryStores;
import dev.lakebed.storage.metadata.bucket.Bucket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Buckets that settings name: made once, and never silently left out. */
class InitialBucketsTest {
  private static final List<String> NONE = List.of();

  private final MemoryMetadata metadata = new MemoryStores().metadata;
  private final InitialBuckets initial = new InitialBuckets(metadata, metadata, "000000000000");

  @Test
  void named_buckets_are_made_and_found_again_at_the_next_start() {
    initial.create(List.of("lake"), List.of("tables"));
    initial.create(List.of("lake"), List.of("tables"));
    assertThat(metadata.find("lake").orElseThrow().kind()).isEqualTo(Bucket.Kind.GENERAL);
    assertThat(metadata.find("tables").orElseThrow().kind()).isEqualTo(Bucket.Kind.TABLE);
  }

  @Test
  void name_of_a_bucket_of_another_kind_is_refused() {
    assertThatThrownBy(() -> initial.create(List.of("lake"), List.of("lake")))
        .isInstanceOf(StartFailure.class)
        .hasMessage("LAKEBED_TABLE_BUCKET names lake, which is a bucket that is no table bucket");
    initial.create(NONE, List.of("tables"));
    assertThatThrownBy(() -> initial.create(List.of("tables"), NONE))
        .hasMessage("LAKEBED_BUCKET names tables, which is a table bucket");
  }

  @Test
  void impossible_name_is_refused_with_its_setting() {
    assertThatThrownBy(() -> InitialBuckets.check(NONE, List.of("UP"), NONE))
        .isInstanceOfSatisfying(
            StartFailure.class,
            refused ->
                assertThat(refused.exitCode()).isEqualTo(StartFailure.UNUSABLE_CONFIGURATION))
        .hasMessageStartingWith("LAKEBED_TABLE_BUCKET names UP, which can be no bucket's name: ");
    assertThatThrownBy(() -> InitialBuckets.check(List.of("UP"), NONE, NONE))
        .hasMessageStartingWith(
            "LAKEBED_BUCKET names UP, which can be no bucket's name: 3 to 63 of a-z, 0-9, - and .");
  }

  @Test
  void one_name_for_both_kinds_of_buckets_is_refused_before_one_is_made() {
    for (boolean cors : new boolean[] {false, true}) {
      List<String> name = List.of("aaa");
      List<String> none = List.of();
      assertThatThrownBy(() -> InitialBuckets.check(cors ? none : name, name, cors ? name : none))
          .isInstanceOfSatisfying(
              StartFailure.class,
              refused -> {
                assertThat(refused.exitCode()).isEqualTo(StartFailure.UNUSABLE_CONFIGURATION);
                assertThat(refused.sentences())
                    .containsExactly(
                        "LAKEBED_TABLE_BUCKET names aaa, which "
                            + (cors ? "LAKEBED_CORS" : "LAKEBED_BUCKET")
                            + " wants as a bucket that is no table bucket");
              });
    }
  }
}
