package dev.lakebed.storage.metadata.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.MetadataUnavailableException.UnknownOutcomeException;
import dev.lakebed.storage.metadata.object.Objects.Deletion;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.StoredObject.ObjectAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Rows and pages from memory are never older than what a reader might have got of the database. */
class ObjectCacheTest {
  private static final int KEYS = 3;
  private static final int THREADS = 8;
  private static final int OPERATIONS = 40_000;

  private final AtomicLong nanos = new AtomicLong();
  private final TransactionalRows database = new TransactionalRows();
  private final Objects objects = new ObjectCache(1 << 20, nanos::get).over(database);

  private static StoredObject object(String key, String etag) {
    return new StoredObject(
        1,
        key,
        0,
        etag,
        Instant.EPOCH,
        new ObjectAttributes(Map.of(), Map.of(), Map.of()),
        Optional.empty(),
        List.of());
  }

  @Test
  void a_row_is_read_once() {
    database.put(object("a", "1"), WriteCondition.NONE);
    assertThat(objects.find(1, "a")).isPresent();
    assertThat(objects.find(1, "a")).contains(object("a", "1"));
    assertThat(database.reads.get()).isEqualTo(1);
  }

  @Test
  void a_written_row_is_not_read_and_a_deleted_one_is_gone() {
    objects.put(object("a", "1"), WriteCondition.NONE);
    assertThat(objects.find(1, "a")).contains(object("a", "1"));
    assertThat(database.reads.get()).isZero();
    objects.delete(1, List.of(new Deletion("a", WriteCondition.NONE)));
    assertThat(objects.find(1, "a")).isEmpty();
  }

  @Test
  void a_write_that_was_refused_leaves_the_row_of_before() {
    objects.put(object("a", "1"), WriteCondition.NONE);
    assertThatThrownBy(
            () ->
                objects.put(
                    object("a", "2"),
                    current -> {
                      throw new IllegalStateException("refused");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(objects.find(1, "a")).contains(object("a", "1"));
  }

  @Test
  void nothing_is_kept_for_ten_minutes_after_a_write_of_unknown_outcome() {
    objects.put(object("a", "1"), WriteCondition.NONE);
    database.fate = () -> new UnknownOutcomeException("unknown", new IllegalStateException());
    assertThatThrownBy(() -> objects.put(object("a", "2"), WriteCondition.NONE))
        .isInstanceOf(UnknownOutcomeException.class);
    database.fate = () -> null;
    assertThat(objects.find(1, "a")).contains(object("a", "1"));
    database.commit("a", object("a", "2"));
    assertThat(objects.find(1, "a")).contains(object("a", "2"));
    nanos.addAndGet(ObjectCache.DOUBT.toNanos());
    long before = database.reads.get();
    assertThat(objects.find(1, "a")).isEqualTo(objects.find(1, "a"));
    assertThat(database.reads.get()).isEqualTo(before + 1);
  }

  private Objects.Page list(String prefix, String delimiter) {
    return objects.list(new Objects.ListQuery(1, prefix, delimiter, "", false, 1000));
  }

  private void put(String key) {
    objects.put(object(key, key), WriteCondition.NONE);
  }

  @Test
  void a_page_with_a_delimiter_is_read_once_and_one_without_each_time() {
    put("a/b/1");
    assertThat(list("a/", "/")).isEqualTo(list("a/", "/"));
    assertThat(database.lists.get()).isEqualTo(1);
    assertThat(list("a/", "")).isEqualTo(list("a/", ""));
    assertThat(database.lists.get()).isEqualTo(3);
  }

  @Test
  void the_texts_of_a_listing_count_so_that_long_ones_are_not_kept() {
    String all = "x".repeat(1 << 20);
    list("a/", all);
    list("a/", all);
    assertThat(database.lists.get()).isEqualTo(2);
  }

  @Test
  void a_page_ends_with_the_first_write_of_a_key_in_its_folder_however_deep() {
    put("a/b/1");
    put("c/d");
    List<String> prefixes = List.of("", "a", "a/", "a/b", "a/b/", "c/");
    prefixes.forEach(prefix -> list(prefix, "/"));
    long before = database.lists.get();
    put("a/b/2");
    list("c/", "/");
    assertThat(database.lists.get()).isEqualTo(before);
    assertThat(list("a/b/", "/").entries()).hasSize(2);
    objects.delete(1, List.of(new Deletion("a/b/1", WriteCondition.NONE)));
    assertThat(list("a/b/", "/").entries()).hasSize(1);
    prefixes.forEach(prefix -> list(prefix, "/"));
    assertThat(database.lists.get()).isEqualTo(before + 6);
  }

  @Test
  void a_page_of_a_folder_deeper_than_is_counted_ends_too() {
    String deep = "d/".repeat(40);
    put(deep + "1");
    assertThat(list(deep, "/").entries()).hasSize(1);
    put(deep + "2");
    assertThat(list(deep, "/").entries()).hasSize(2);
  }

  @Test
  void no_page_is_kept_for_ten_minutes_after_a_write_of_unknown_outcome() {
    put("a/1");
    database.fate = () -> new UnknownOutcomeException("unknown", new IllegalStateException());
    assertThatThrownBy(() -> put("a/2")).isInstanceOf(UnknownOutcomeException.class);
    database.fate = () -> null;
    assertThat(list("a/", "/").entries()).hasSize(1);
    database.commit("a/2", object("a/2", "late"));
    assertThat(list("a/", "/").entries()).hasSize(2);
    nanos.addAndGet(ObjectCache.DOUBT.toNanos());
    long before = database.lists.get();
    assertThat(list("a/", "/")).isEqualTo(list("a/", "/"));
    assertThat(database.lists.get()).isEqualTo(before + 1);
  }

  /**
   * Each commit has a number. What a reader gets has at least the number of the last write of the
   * key that was answered before it asked, and of the last row that a reader got before.
   */
  @Test
  void readers_and_writers_at_once_see_every_answered_write() throws Exception {
    ConcurrentHashMap<String, AtomicLong> seen = new ConcurrentHashMap<>();
    for (int k = 0; k < KEYS; k++) {
      seen.put("k" + k, new AtomicLong());
    }
    AtomicLong finds = new AtomicLong();
    AtomicLong listings = new AtomicLong();
    List<Callable<Void>> work = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int thread = t;
      work.add(
          () -> {
            SplittableRandom random = new SplittableRandom(thread);
            for (int i = 0; i < OPERATIONS; i++) {
              String key = "k" + random.nextInt(KEYS);
              AtomicLong floor = seen.get(key);
              long least = floor.get();
              long number;
              switch (random.nextInt(8)) {
                case 0 -> {
                  objects.put(object(key, thread + "-" + i), WriteCondition.NONE);
                  number = database.number(thread + "-" + i);
                }
                case 1 -> {
                  listings.incrementAndGet();
                  database
                      .number(list("", "/"), key)
                      .ifPresent(listed -> assertThat(listed).isGreaterThanOrEqualTo(least));
                  continue;
                }
                case 2 -> {
                  objects.delete(1, List.of(new Deletion(key, WriteCondition.NONE)));
                  continue;
                }
                default -> {
                  finds.incrementAndGet();
                  Optional<StoredObject> found = objects.find(1, key);
                  if (found.isEmpty()) {
                    continue;
                  }
                  number = database.number(found.get().etag());
                  assertThat(number).isGreaterThanOrEqualTo(least);
                }
              }
              floor.accumulateAndGet(number, Math::max);
            }
            return null;
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    }
    // How often depends on the scheduler; without the cache there would be one for each.
    assertThat(database.reads.get()).isLessThan(finds.get());
    assertThat(database.lists.get()).isLessThan(listings.get());
  }

  /** Rows that are committed at some moment between the beginning and the end of a write. */
  private static final class TransactionalRows implements Objects {
    private final Map<String, StoredObject> rows = new ConcurrentHashMap<>();
    private final Map<String, Long> numbers = new ConcurrentHashMap<>();
    private final AtomicLong commits = new AtomicLong();
    final AtomicLong reads = new AtomicLong();
    final AtomicLong lists = new AtomicLong();
    Fate fate = () -> null;

    interface Fate {
      @org.jspecify.annotations.Nullable
      MetadataUnavailableException next();
    }

    long number(String etag) {
      return numbers.get(etag);
    }

    Optional<Long> number(Page page, String key) {
      return page.entries().stream()
          .filter(entry -> entry.name().equals(key))
          .findFirst()
          .map(entry -> number(((Listed) entry).object().etag()));
    }

    void commit(String key, StoredObject object) {
      rows.compute(
          key,
          (same, old) -> {
            numbers.put(object.etag(), commits.incrementAndGet());
            return object;
          });
    }

    @Override
    public Optional<StoredObject> find(long bucket, String key) {
      reads.incrementAndGet();
      Optional<StoredObject> row = Optional.ofNullable(rows.get(key));
      Thread.yield();
      return row;
    }

    @Override
    public void put(StoredObject object, WriteCondition condition) {
      condition.check(Optional.ofNullable(rows.get(object.key())));
      MetadataUnavailableException failure = fate.next();
      if (failure != null) {
        throw failure;
      }
      Thread.yield();
      commit(object.key(), object);
      Thread.yield();
    }

    @Override
    public void tag(long bucket, String key, Map<String, String> tags, WriteCondition condition) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Optional<RuntimeException>> delete(long bucket, List<Deletion> keys) {
      Thread.yield();
      keys.forEach(each -> rows.remove(each.key()));
      Thread.yield();
      return keys.stream().map(each -> Optional.<RuntimeException>empty()).toList();
    }

    @Override
    public Page list(ListQuery query) {
      lists.incrementAndGet();
      List<Entry> entries =
          rows.values().stream()
              .filter(row -> row.key().startsWith(query.prefix()))
              .<Entry>map(Listed::new)
              .toList();
      Thread.yield();
      return new Page(entries, false);
    }
  }
}
