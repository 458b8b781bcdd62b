package dev.lakebed.storage.metadata.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.metadata.MetadataContract;
import dev.lakebed.storage.metadata.Samples;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import dev.lakebed.storage.metadata.object.Upload.UploadIds;
import dev.lakebed.storage.metadata.object.Uploads.ListQuery;
import dev.lakebed.storage.metadata.object.Uploads.UploadPage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Expectations from the docstrings of {@link Uploads}; order of listings from AWS's user guide. */
abstract class UploadsContract extends MetadataContract {
  @Test
  void an_upload_is_found_only_under_its_own_bucket_and_key() {
    Upload upload = created("k");
    Uploads uploads = store.uploads();
    assertThat(uploads.find(bucket.id(), "k", upload.id())).contains(upload);
    assertThat(uploads.find(bucket.id(), "other", upload.id())).isEmpty();
    assertThat(uploads.find(bucket.id() + 1_000_000, "k", upload.id())).isEmpty();
    for (String odd : List.of("", "x", "\u0000", "'; --", "k".repeat(5000))) {
      assertThat(uploads.find(bucket.id(), "k", odd)).isEmpty();
      assertThat(uploads.parts(odd.replace("\u0000", ""), 0, 10)).isEmpty();
    }
  }

  @Test
  void an_upload_into_a_missing_bucket_is_refused() {
    assertThatThrownBy(() -> store.uploads().create(Samples.upload(bucket.id() + 1_000_000, "k")))
        .isExactlyInstanceOf(NoSuchBucketException.class);
  }

  @Test
  void parts_come_back_in_number_order_and_a_replaced_one_is_released() {
    Upload upload = created("k");
    StoredPart replaced = Samples.part(2, Samples.chunk());
    StoredPart first = Samples.part(1, Samples.chunk());
    StoredPart second = Samples.part(2, Samples.chunk());
    StoredPart last = Samples.part(10_000, Samples.segment());
    for (StoredPart part : List.of(last, replaced, first, second)) {
      assertThat(store.uploads().putPart(upload, part)).isTrue();
    }
    assertThat(store.uploads().parts(upload.id(), 0, 10)).containsExactly(first, second, last);
    assertThat(store.uploads().parts(upload.id(), 1, 1)).containsExactly(second);
    assertThat(isReleased(replaced.ref())).isTrue();
    assertThat(isReleased(second.ref())).isFalse();
  }

  @Test
  void of_parts_stored_at_once_under_one_number_all_but_one_are_released() throws Exception {
    Upload upload = created("k");
    List<StoredPart> stored =
        together(
            12,
            () -> {
              StoredPart part = Samples.part(1, Samples.chunk());
              store.uploads().putPart(upload, part);
              return part;
            });
    StoredPart current = store.uploads().parts(upload.id(), 0, 10).getFirst();
    for (StoredPart part : stored) {
      assertThat(isReleased(part.ref())).isEqualTo(!part.ref().equals(current.ref()));
    }
  }

  @Test
  void completion_puts_the_object_and_releases_what_it_does_not_use() {
    BlobRef old = Samples.chunk();
    store.objects().put(Samples.object(bucket.id(), "k", old), WriteCondition.NONE);
    Upload upload = created("k");
    StoredPart used = Samples.part(1, Samples.chunk());
    StoredPart unused = Samples.part(2, Samples.chunk());
    store.uploads().putPart(upload, used);
    store.uploads().putPart(upload, unused);
    StoredObject object = Samples.object(bucket.id(), "k", used.ref());
    assertThat(store.uploads().complete(upload, parts -> object, WriteCondition.NONE))
        .contains(object);
    assertThat(store.objects().find(bucket.id(), "k")).contains(object);
    assertThat(isReleased(old)).isTrue();
    assertThat(isReleased(unused.ref())).isTrue();
    assertThat(isReleased(used.ref())).isFalse();
    assertThat(store.uploads().parts(upload.id(), 0, 10)).isEmpty();
  }

  @Test
  void a_completed_upload_tells_its_result_and_takes_nothing_more() {
    Upload upload = created("k");
    StoredObject object = Samples.object(bucket.id(), "k");
    store.uploads().complete(upload, parts -> object, WriteCondition.NONE);
    StoredObject result =
        store.uploads().find(bucket.id(), "k", upload.id()).orElseThrow().completed().orElseThrow();
    assertThat(result).isEqualTo(object);
    assertThat(store.uploads().putPart(upload, Samples.part(1, Samples.chunk()))).isFalse();
    assertThat(store.uploads().complete(upload, Samples.made(upload), WriteCondition.NONE))
        .contains(object);
    assertThat(store.uploads().abort(upload)).isFalse();
    assertThat(listed("", "", "", Optional.empty(), 10).uploads()).isEmpty();
  }

  @Test
  void a_refused_completion_leaves_the_upload_open() {
    Upload upload = created("k");
    StoredPart part = Samples.part(1, Samples.chunk());
    store.uploads().putPart(upload, part);
    StoredObject object = Samples.object(bucket.id(), "k", part.ref());
    WriteCondition refuse =
        current -> {
          throw new IllegalStateException("refused");
        };
    assertThatThrownBy(() -> store.uploads().complete(upload, parts -> object, refuse))
        .isExactlyInstanceOf(IllegalStateException.class);
    assertThat(store.objects().find(bucket.id(), "k")).isEmpty();
    assertThat(store.uploads().parts(upload.id(), 0, 10)).containsExactly(part);
  }

  @Test
  void of_many_completions_at_once_all_give_the_object_of_the_first() throws Exception {
    Upload upload = created("k");
    StoredPart part = Samples.part(1, Samples.chunk());
    store.uploads().putPart(upload, part);
    List<Optional<StoredObject>> objects =
        together(
            12, () -> store.uploads().complete(upload, Samples.made(upload), WriteCondition.NONE));
    StoredObject object = store.objects().find(bucket.id(), "k").orElseThrow();
    assertThat(objects).allMatch(done -> done.orElseThrow().etag().equals(object.etag()));
    assertThat(object.chunks().getFirst().ref()).isEqualTo(part.ref());
  }

  @Test
  void an_object_of_bytes_that_are_not_its_uploads_own_is_refused() {
    Upload upload = created("k");
    StoredPart replaced = Samples.part(1, Samples.chunk());
    store.uploads().putPart(upload, replaced);
    store.uploads().putPart(upload, Samples.part(1, Samples.chunk()));
    StoredObject object = Samples.object(bucket.id(), "k", replaced.ref());
    assertThatThrownBy(() -> store.uploads().complete(upload, parts -> object, WriteCondition.NONE))
        .isExactlyInstanceOf(IllegalArgumentException.class);
    assertThat(store.objects().find(bucket.id(), "k")).isEmpty();
  }

  @Test
  void an_id_that_tells_another_time_than_its_upload_is_refused() {
    Instant now = Samples.now();
    String id = UploadIds.next(now.plusMillis(1));
    assertThatThrownBy(() -> store.uploads().create(Samples.upload(bucket.id(), "k", id, now)))
        .isExactlyInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_aborted_upload_is_gone_and_its_parts_are_released() {
    Upload upload = created("k");
    StoredPart part = Samples.part(1, Samples.chunk());
    store.uploads().putPart(upload, part);
    assertThat(store.uploads().abort(upload)).isTrue();
    assertThat(store.uploads().abort(upload)).isFalse();
    assertThat(store.uploads().find(bucket.id(), "k", upload.id())).isEmpty();
    assertThat(store.uploads().putPart(upload, part)).isFalse();
    assertThat(isReleased(part.ref())).isTrue();
  }

  @Test
  void uploads_are_listed_by_key_then_time_with_common_prefixes() {
    Instant now = Samples.now();
    Upload late = createdAt("a", now.plusSeconds(2));
    Upload early = createdAt("a", now);
    createdAt("b/1", now);
    createdAt("b/2", now);
    Upload last = createdAt("c", now);
    UploadPage all = listed("", "/", "", Optional.empty(), 10);
    assertThat(all.uploads()).containsExactly(early, late, last);
    assertThat(all.commonPrefixes()).containsExactly("b/");
    assertThat(all.truncated()).isFalse();
    UploadPage first = listed("", "/", "", Optional.empty(), 3);
    assertThat(first.uploads()).containsExactly(early, late);
    assertThat(first.commonPrefixes()).containsExactly("b/");
    assertThat(first.truncated()).isTrue();
    assertThat(listed("", "/", "b/", Optional.empty(), 3).uploads()).containsExactly(last);
    assertThat(listed("", "", "a", Optional.of(early.id()), 1).uploads()).containsExactly(late);
    assertThat(listed("", "", "a", Optional.empty(), 1).uploads().getFirst().key())
        .isEqualTo("b/1");
    assertThat(listed("b/", "", "", Optional.empty(), 10).uploads()).hasSize(2);
    assertThat(listed("", "", "", Optional.empty(), 0).truncated()).isFalse();
  }

  @Test
  void a_listing_goes_on_after_an_upload_that_was_aborted_meanwhile() {
    Instant now = Samples.now();
    List<Upload> uploads = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      uploads.add(createdAt("k", now.plusMillis(i)));
    }
    List<Upload> seen = new ArrayList<>();
    Optional<String> after = Optional.empty();
    boolean more = true;
    while (more) {
      UploadPage page = listed("", "", after.isPresent() ? "k" : "", after, 2);
      page.uploads().forEach(store.uploads()::abort);
      seen.addAll(page.uploads());
      after = Optional.of(page.uploads().getLast().id());
      more = page.truncated();
    }
    assertThat(seen).isEqualTo(uploads);
  }

  @Test
  void many_uploads_under_one_prefix_are_rolled_up_across_fetches() {
    Instant now = Samples.now();
    for (int i = 0; i < 12; i++) {
      createdAt("p/" + i, now);
    }
    Upload after = createdAt("q", now);
    UploadPage page = listed("", "/", "", Optional.empty(), 2);
    assertThat(page.commonPrefixes()).containsExactly("p/");
    assertThat(page.uploads()).containsExactly(after);
    assertThat(page.truncated()).isFalse();
  }

  @Test
  void housekeeping_forgets_uploads_completed_over_a_day_ago() {
    Upload upload = created("k");
    store.uploads().complete(upload, Samples.made(upload), WriteCondition.NONE);
    store.housekeeping().run(Instant.now());
    assertThat(store.uploads().find(bucket.id(), "k", upload.id())).isPresent();
    store.housekeeping().run(Instant.now().plus(Duration.ofHours(25)));
    assertThat(store.uploads().find(bucket.id(), "k", upload.id())).isEmpty();
  }

  private Upload created(String key) {
    return createdAt(key, Samples.now());
  }

  private Upload createdAt(String key, Instant time) {
    Upload upload = Samples.upload(bucket.id(), key, UploadIds.next(time), time);
    store.uploads().create(upload);
    return upload;
  }

  private UploadPage listed(
      String prefix, String delimiter, String afterKey, Optional<String> afterId, int limit) {
    return store
        .uploads()
        .list(new ListQuery(bucket.id(), prefix, delimiter, afterKey, afterId, limit));
  }
}
