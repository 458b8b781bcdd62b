package dev.lakebed.storage.metadata.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.metadata.MetadataContract;
import dev.lakebed.storage.metadata.Samples;
import dev.lakebed.storage.metadata.object.Objects.CommonPrefix;
import dev.lakebed.storage.metadata.object.Objects.Entry;
import dev.lakebed.storage.metadata.object.Objects.ListQuery;
import dev.lakebed.storage.metadata.object.Objects.Listed;
import dev.lakebed.storage.metadata.object.Objects.Page;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.StoredObject.Chunk;
import dev.lakebed.storage.metadata.object.StoredObject.ObjectAttributes;
import dev.lakebed.storage.metadata.object.StoredObject.StoredChecksum;
import dev.lakebed.support.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Expectations from AWS's ListObjectsV2 reference. */
@Evidence("contract-4.11")
abstract class ListingContract extends MetadataContract {
  @Test
  void keys_come_in_utf8_byte_order() {
    // U+FB01 sorts before U+1F600 in UTF-8 and after it in UTF-16.
    put("\uFB01", "\uD83D\uDE00", "a", "B", "a\u0000", "é");
    assertThat(names("", "", "", false, 10))
        .containsExactly("B", "a", "a\u0000", "é", "\uFB01", "\uD83D\uDE00");
  }

  @Test
  void an_entry_shows_what_a_listing_shows() {
    StoredObject object =
        new StoredObject(
            bucket.id(),
            "k",
            7,
            "etag",
            Samples.now(),
            new ObjectAttributes(
                Map.of("x-amz-storage-class", "GLACIER", "content-type", "text/plain"),
                Map.of("a", "b"),
                Map.of()),
            Optional.of(new StoredChecksum("SHA256", true, "abc=")),
            List.of(new Chunk(0, Samples.segment(), Optional.empty())));
    store.objects().put(object, WriteCondition.NONE);
    Entry entry = page("", "", "", false, 10).entries().getFirst();
    assertThat(entry)
        .isEqualTo(
            new Listed(
                new StoredObject(
                    bucket.id(),
                    "k",
                    7,
                    "etag",
                    object.lastModified(),
                    new ObjectAttributes(
                        Map.of("x-amz-storage-class", "GLACIER"), Map.of(), Map.of()),
                    object.checksum(),
                    List.of())));
  }

  @Test
  void common_prefixes_and_keys_interleave_and_count_together() {
    put("a", "b/1", "b/2", "b/3", "c", "d/1", "e");
    Page page = page("", "/", "", false, 3);
    assertThat(page.entries()).extracting(Entry::name).containsExactly("a", "b/", "c");
    assertThat(page.entries().get(1)).isEqualTo(new CommonPrefix("b/"));
    assertThat(page.truncated()).isTrue();
    Page next = page("", "/", "c", false, 3);
    assertThat(next.entries()).extracting(Entry::name).containsExactly("d/", "e");
    assertThat(next.truncated()).isFalse();
  }

  @Test
  void a_start_inside_a_prefix_shows_it_and_a_skipped_prefix_does_not() {
    put("a/1", "a/2", "b");
    assertThat(names("", "/", "a/1", false, 10)).containsExactly("a/", "b");
    assertThat(names("", "/", "a/", false, 10)).containsExactly("a/", "b");
    assertThat(names("", "/", "a/2", false, 10)).containsExactly("b");
    assertThat(names("", "/", "a/", true, 10)).containsExactly("b");
  }

  @Test
  void a_key_that_is_the_prefix_itself_stands_for_itself() {
    put("dir/", "dir/a", "dir/sub/x", "dirt");
    assertThat(names("dir/", "/", "", false, 10)).containsExactly("dir/", "dir/a", "dir/sub/");
    assertThat(names("dir", "/", "", false, 10)).containsExactly("dir/", "dirt");
  }

  @Test
  void delimiters_may_be_long_or_not_ascii() {
    put("a--b--c", "a-b", "xüy", "xüz");
    assertThat(names("", "--", "", false, 10)).containsExactly("a--", "a-b", "xüy", "xüz");
    assertThat(names("", "ü", "", false, 10)).containsExactly("a--b--c", "a-b", "xü");
  }

  @Test
  void a_limit_of_nothing_is_an_empty_page_that_is_not_truncated() {
    put("a");
    Page page = page("", "", "", false, 0);
    assertThat(page.entries()).isEmpty();
    assertThat(page.truncated()).isFalse();
  }

  @Test
  void a_page_that_is_just_full_is_not_truncated() {
    put("a", "b/1", "b/2");
    assertThat(page("", "/", "", false, 2).truncated()).isFalse();
    assertThat(page("", "", "", false, 3).truncated()).isFalse();
  }

  private void put(String... keys) {
    for (String key : keys) {
      store.objects().put(Samples.object(bucket.id(), key), WriteCondition.NONE);
    }
  }

  private List<String> names(
      String prefix, String delimiter, String after, boolean skipPrefix, int limit) {
    return page(prefix, delimiter, after, skipPrefix, limit).entries().stream()
        .map(Entry::name)
        .toList();
  }

  private Page page(String prefix, String delimiter, String after, boolean skipPrefix, int limit) {
    return store
        .objects()
        .list(new ListQuery(bucket.id(), prefix, delimiter, after, skipPrefix, limit));
  }
}
