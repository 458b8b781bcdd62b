package dev.lakebed.storage.metadata.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.metadata.Samples;
import dev.lakebed.storage.metadata.TestStores;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.Objects.CommonPrefix;
import dev.lakebed.storage.metadata.object.Objects.Entry;
import dev.lakebed.storage.metadata.object.Objects.ListQuery;
import dev.lakebed.storage.metadata.object.Objects.Page;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.store.MetadataStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Listings against a naive model: sort everything, roll up everything, cut. Model after AWS's
 * ListObjectsV2 reference.
 */
class ListingPropertyTest {
  private static final String[] LETTERS = {
    "a", "b", "/", "-", "\u0000", "é", "\uFB01", "\uD83D\uDE00"
  };

  @Property(tries = 60)
  void pages_join_to_what_the_model_lists(
      @ForAll("keySets") Set<String> keys,
      @ForAll("shortTexts") String prefix,
      @ForAll("delimiters") String delimiter,
      @ForAll("shortTexts") String startAfter,
      @ForAll @IntRange(min = 1, max = 5) int limit) {
    MetadataStore store = TestStores.embedded();
    Bucket bucket =
        store.buckets().create(Samples.bucketName(), Bucket.Kind.GENERAL, Samples.OWNER);
    for (String key : keys) {
      store.objects().put(Samples.object(bucket.id(), key), WriteCondition.NONE);
    }
    List<String> expected = model(keys, prefix, delimiter, startAfter);
    List<String> listed = new ArrayList<>();
    String after = startAfter;
    boolean skip = false;
    boolean more = true;
    while (more) {
      Page page =
          store.objects().list(new ListQuery(bucket.id(), prefix, delimiter, after, skip, limit));
      assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
      page.entries().forEach(entry -> listed.add(entry.name()));
      more = page.truncated();
      assertThat(more).isEqualTo(listed.size() < expected.size());
      if (more) {
        Entry last = page.entries().getLast();
        after = last.name();
        skip = last instanceof CommonPrefix;
      }
    }
    assertThat(listed).isEqualTo(expected);
  }

  private static List<String> model(
      Set<String> keys, String prefix, String delimiter, String startAfter) {
    TreeMap<byte[], String> sorted = new TreeMap<>(Arrays::compareUnsigned);
    byte[] start = startAfter.getBytes(StandardCharsets.UTF_8);
    for (String key : keys) {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      if (key.startsWith(prefix) && Arrays.compareUnsigned(bytes, start) > 0) {
        int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        String name = at < 0 ? key : key.substring(0, at + delimiter.length());
        sorted.put(name.getBytes(StandardCharsets.UTF_8), name);
      }
    }
    return List.copyOf(sorted.values());
  }

  @Provide
  Arbitrary<Set<String>> keySets() {
    return texts(1, 6).set().ofMaxSize(25).map(TreeSet::new);
  }

  @Provide
  Arbitrary<String> shortTexts() {
    return texts(0, 2);
  }

  @Provide
  Arbitrary<String> delimiters() {
    return Arbitraries.of("", "/", "-", "a", "é", "\uFB01", "\uD83D\uDE00", "--", "/a");
  }

  private static Arbitrary<String> texts(int shortest, int longest) {
    return Arbitraries.of(LETTERS)
        .list()
        .ofMinSize(shortest)
        .ofMaxSize(longest)
        .map(letters -> String.join("", letters));
  }
}
