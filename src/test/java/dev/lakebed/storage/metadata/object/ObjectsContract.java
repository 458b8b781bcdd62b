package dev.lakebed.storage.metadata.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.metadata.MetadataContract;
import dev.lakebed.storage.metadata.Samples;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.storage.metadata.object.Objects.Deletion;
import dev.lakebed.storage.metadata.object.Objects.NoSuchObjectException;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.StoredObject.Chunk;
import dev.lakebed.storage.metadata.object.StoredObject.ObjectAttributes;
import dev.lakebed.storage.metadata.object.StoredObject.StoredChecksum;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expectations from the docstrings of {@link Objects}. */
abstract class ObjectsContract extends MetadataContract {
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final WriteCondition ABSENT =
      current -> {
        if (current.isPresent()) {
          throw new Refused();
        }
      };

  @Test
  void every_property_of_an_object_comes_back() {
    StoredObject object =
        new StoredObject(
            bucket.id(),
            "a//b/../\\ %2F\u0000\uD83D\uDE00",
            5L << 40,
            "9b2cf535f27731c974343645a3985328-3",
            Samples.now(),
            new ObjectAttributes(
                Map.of("content-type", "text/plain", "x-amz-storage-class", "STANDARD_IA"),
                Map.of("name", "value with ü and \u0001", "empty", ""),
                Map.of("tag", "t")),
            Optional.of(new StoredChecksum("CRC32C", false, "AAAAAA==-3")),
            List.of(
                new Chunk(1, Samples.chunk(), Optional.of("AAAAAA==")),
                new Chunk(7, Samples.segment(), Optional.empty()),
                new Chunk(10_000, Samples.chunk(), Optional.of("BBBBBB=="))));
    store.objects().put(object, WriteCondition.NONE);
    assertThat(store.objects().find(bucket.id(), object.key())).contains(object);
  }

  @Test
  void an_absent_key_or_another_bucket_finds_nothing() {
    store.objects().put(Samples.object(bucket.id(), "k"), WriteCondition.NONE);
    assertThat(store.objects().find(bucket.id(), "K")).isEmpty();
    assertThat(store.objects().find(bucket.id() + 1_000_000, "k")).isEmpty();
  }

  @Test
  void a_put_replaces_the_object_and_releases_only_its_chunk_files() {
    BlobRef chunk = Samples.chunk();
    BlobRef segment = Samples.segment();
    store.objects().put(Samples.object(bucket.id(), "k", chunk, segment), WriteCondition.NONE);
    StoredObject second = Samples.object(bucket.id(), "k", Samples.chunk());
    store.objects().put(second, WriteCondition.NONE);
    assertThat(store.objects().find(bucket.id(), "k")).contains(second);
    assertThat(isReleased(chunk)).isTrue();
    assertThat(isReleased(segment)).isFalse();
    assertThat(isReleased(second.chunks().getFirst().ref())).isFalse();
  }

  @Test
  void an_object_put_again_over_the_same_bytes_keeps_them() {
    BlobRef chunk = Samples.chunk();
    store.objects().put(Samples.object(bucket.id(), "k", chunk), WriteCondition.NONE);
    store.objects().put(Samples.object(bucket.id(), "k", chunk), WriteCondition.NONE);
    assertThat(isReleased(chunk)).isFalse();
  }

  @Test
  void a_refused_put_throws_the_conditions_own_exception_and_changes_nothing() {
    StoredObject first = Samples.object(bucket.id(), "k", Samples.chunk());
    store.objects().put(first, ABSENT);
    assertThatThrownBy(() -> store.objects().put(Samples.object(bucket.id(), "k"), ABSENT))
        .isExactlyInstanceOf(Refused.class);
    assertThat(store.objects().find(bucket.id(), "k")).contains(first);
    assertThat(isReleased(first.chunks().getFirst().ref())).isFalse();
  }

  @Test
  void a_condition_sees_the_whole_current_object() {
    StoredObject first = Samples.object(bucket.id(), "k", Samples.chunk());
    store.objects().put(first, WriteCondition.NONE);
    store
        .objects()
        .put(Samples.object(bucket.id(), "k"), current -> assertThat(current).contains(first));
  }

  @Test
  void tags_are_replaced_and_nothing_else_of_the_object() {
    BlobRef chunk = Samples.chunk();
    StoredObject first = Samples.object(bucket.id(), "k", chunk);
    store.objects().put(first, WriteCondition.NONE);
    Map<String, String> tags = Map.of("team", "red", "Team", "blue");
    store.objects().tag(bucket.id(), "k", tags, current -> assertThat(current).contains(first));
    assertThat(store.objects().find(bucket.id(), "k")).contains(first.withTags(tags));
    assertThat(isReleased(chunk)).isFalse();
    store.objects().tag(bucket.id(), "k", Map.of(), WriteCondition.NONE);
    assertThat(store.objects().find(bucket.id(), "k")).contains(first);
  }

  @Test
  void tags_need_an_object_and_a_condition_that_holds() {
    Map<String, String> tags = Map.of("a", "b");
    assertThatThrownBy(() -> store.objects().tag(bucket.id(), "k", tags, WriteCondition.NONE))
        .isExactlyInstanceOf(NoSuchObjectException.class);
    assertThat(store.objects().find(bucket.id(), "k")).isEmpty();
    assertThatThrownBy(
            () -> store.objects().tag(bucket.id() + 1_000_000, "k", tags, WriteCondition.NONE))
        .isExactlyInstanceOf(NoSuchBucketException.class);
    StoredObject first = Samples.object(bucket.id(), "k");
    store.objects().put(first, WriteCondition.NONE);
    assertThatThrownBy(() -> store.objects().tag(bucket.id(), "k", tags, ABSENT))
        .isExactlyInstanceOf(Refused.class);
    assertThat(store.objects().find(bucket.id(), "k")).contains(first);
  }

  @Test
  void tags_that_race_with_overwrites_bring_no_older_version_back() throws Exception {
    for (int round = 0; round < 10; round++) {
      String key = UUID.randomUUID().toString();
      StoredObject first = Samples.object(bucket.id(), key, Samples.chunk());
      store.objects().put(first, WriteCondition.NONE);
      AtomicInteger turn = new AtomicInteger();
      List<Optional<StoredObject>> written =
          together(
              16,
              () -> {
                if (turn.incrementAndGet() % 2 == 0) {
                  store.objects().tag(bucket.id(), key, Map.of("n", key), WriteCondition.NONE);
                  return Optional.empty();
                }
                StoredObject object = Samples.object(bucket.id(), key, Samples.chunk());
                store.objects().put(object, WriteCondition.NONE);
                return Optional.of(object);
              });
      StoredObject current = store.objects().find(bucket.id(), key).orElseThrow();
      List<StoredObject> versions = written.stream().flatMap(Optional::stream).toList();
      assertThat(versions).contains(current.withTags(Map.of()));
      assertThat(isReleased(first.chunks().getFirst().ref())).isTrue();
      for (StoredObject version : versions) {
        assertThat(isReleased(version.chunks().getFirst().ref()))
            .isEqualTo(!version.etag().equals(current.etag()));
      }
    }
  }

  @Test
  void tags_that_race_with_a_deletion_do_not_bring_the_object_back() throws Exception {
    for (int round = 0; round < 20; round++) {
      String key = UUID.randomUUID().toString();
      store.objects().put(Samples.object(bucket.id(), key, Samples.chunk()), WriteCondition.NONE);
      AtomicInteger turn = new AtomicInteger();
      together(
          4,
          () -> {
            if (turn.incrementAndGet() == 1) {
              return store
                  .objects()
                  .delete(bucket.id(), List.of(new Deletion(key, WriteCondition.NONE)))
                  .getFirst()
                  .isEmpty();
            }
            try {
              store.objects().tag(bucket.id(), key, Map.of("a", "b"), WriteCondition.NONE);
              return true;
            } catch (NoSuchObjectException gone) {
              return false;
            }
          });
      assertThat(store.objects().find(bucket.id(), key)).isEmpty();
    }
  }

  @Test
  void a_put_into_a_missing_bucket_is_refused() {
    StoredObject object = Samples.object(bucket.id() + 1_000_000, "k");
    assertThatThrownBy(() -> store.objects().put(object, WriteCondition.NONE))
        .isExactlyInstanceOf(NoSuchBucketException.class);
    assertThatThrownBy(
            () ->
                store
                    .objects()
                    .delete(object.bucket(), List.of(new Deletion("k", WriteCondition.NONE))))
        .isExactlyInstanceOf(NoSuchBucketException.class);
  }

  @Test
  void a_key_of_1024_bytes_fits_and_a_longer_or_broken_one_is_refused() {
    store.objects().put(Samples.object(bucket.id(), "k".repeat(1024)), WriteCondition.NONE);
    assertThat(store.objects().find(bucket.id(), "k".repeat(1024))).isPresent();
    for (String bad : List.of("", "k".repeat(1025), "\uD83D")) {
      StoredObject object = Samples.object(bucket.id(), bad);
      assertThatThrownBy(() -> store.objects().put(object, WriteCondition.NONE))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_deletion_takes_each_key_by_itself() {
    StoredObject kept = Samples.object(bucket.id(), "kept", Samples.chunk());
    StoredObject gone = Samples.object(bucket.id(), "gone", Samples.chunk());
    store.objects().put(kept, WriteCondition.NONE);
    store.objects().put(gone, WriteCondition.NONE);
    List<Optional<RuntimeException>> outcomes =
        store
            .objects()
            .delete(
                bucket.id(),
                List.of(
                    new Deletion("gone", WriteCondition.NONE),
                    new Deletion("kept", ABSENT),
                    new Deletion(
                        "never",
                        current -> {
                          throw new Refused();
                        })));
    assertThat(outcomes.get(0)).isEmpty();
    assertThat(outcomes.get(1)).containsInstanceOf(Refused.class);
    assertThat(outcomes.get(2)).as("there is none").containsInstanceOf(Refused.class);
    assertThat(store.objects().find(bucket.id(), "gone")).isEmpty();
    assertThat(store.objects().find(bucket.id(), "kept")).contains(kept);
    assertThat(isReleased(gone.chunks().getFirst().ref())).isTrue();
    assertThat(isReleased(kept.chunks().getFirst().ref())).isFalse();
  }

  @Test
  void a_thousand_keys_are_deleted_at_once() {
    List<String> keys = IntStream.range(0, 1000).mapToObj(i -> "k" + i).toList();
    keys.subList(0, 100)
        .forEach(k -> store.objects().put(Samples.object(bucket.id(), k), WriteCondition.NONE));
    List<Deletion> deletions =
        keys.stream().map(k -> new Deletion(k, WriteCondition.NONE)).toList();
    assertThat(store.objects().delete(bucket.id(), deletions))
        .hasSize(1000)
        .allMatch(Optional::isEmpty);
    assertThat(store.objects().find(bucket.id(), "k0")).isEmpty();
  }

  @Test
  void of_many_conditional_puts_at_once_exactly_one_wins() throws Exception {
    for (int round = 0; round < 10; round++) {
      String key = UUID.randomUUID().toString();
      List<Boolean> won =
          together(
              24,
              () -> {
                try {
                  store.objects().put(Samples.object(bucket.id(), key), ABSENT);
                  return true;
                } catch (Refused e) {
                  return false;
                }
              });
      assertThat(won).containsOnlyOnce(true);
    }
  }

  @Test
  void of_many_puts_at_once_one_stays_and_every_other_is_released() throws Exception {
    List<StoredObject> written =
        together(
            24,
            () -> {
              StoredObject object = Samples.object(bucket.id(), "k", Samples.chunk());
              store.objects().put(object, WriteCondition.NONE);
              return object;
            });
    StoredObject current = store.objects().find(bucket.id(), "k").orElseThrow();
    assertThat(written).contains(current);
    for (StoredObject object : written) {
      assertThat(isReleased(object.chunks().getFirst().ref())).isEqualTo(!object.equals(current));
    }
  }

  @Test
  void released_blobs_are_forgotten_when_their_files_are_gone() {
    BlobRef chunk = Samples.chunk();
    store.objects().put(Samples.object(bucket.id(), "k", chunk), WriteCondition.NONE);
    store.objects().delete(bucket.id(), List.of(new Deletion("k", WriteCondition.NONE)));
    assertThat(isReleased(chunk)).isTrue();
    assertThat(store.releasedBlobs().page(Optional.of(chunk), 1000)).doesNotContain(chunk);
    store.releasedBlobs().forget(List.of(chunk));
    assertThat(isReleased(chunk)).isFalse();
  }

  @Test
  void a_blob_is_named_by_its_object_or_part_only() {
    BlobRef inObject = Samples.segment();
    BlobRef inPart = Samples.chunk();
    Upload upload = Samples.upload(bucket.id(), "k");
    store.objects().put(Samples.object(bucket.id(), "k", inObject), WriteCondition.NONE);
    store.uploads().create(upload);
    store.uploads().putPart(upload, Samples.part(1, inPart));
    BlobNames names = store.blobNames();
    assertThat(names.isNamed(bucket.id(), "k", inObject)).isTrue();
    assertThat(names.isNamed(bucket.id(), "k", inPart)).isTrue();
    assertThat(names.isNamed(bucket.id(), "other", inObject)).isFalse();
    assertThat(names.isNamed(bucket.id(), "k", Samples.segment())).isFalse();
    store.uploads().abort(upload);
    assertThat(names.isNamed(bucket.id(), "k", inPart)).isFalse();
  }
}
