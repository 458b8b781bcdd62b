package dev.lakebed.storage.metadata.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.metadata.MetadataContract;
import dev.lakebed.storage.metadata.Samples;
import dev.lakebed.storage.metadata.bucket.Bucket.BucketTags;
import dev.lakebed.storage.metadata.bucket.BucketAccess.PublicAccessBlock;
import dev.lakebed.storage.metadata.bucket.BucketAccess.StoredPolicy;
import dev.lakebed.storage.metadata.bucket.Buckets.BucketExistsException;
import dev.lakebed.storage.metadata.bucket.Buckets.BucketNotEmptyException;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.storage.metadata.object.Objects.Deletion;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.Upload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Expectations from the docstrings of {@link Buckets}. */
abstract class BucketsContract extends MetadataContract {
  @Test
  void access_rules_come_with_the_bucket_and_go_with_it() {
    String document =
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\","
            + "\"Resource\":\"arn:aws:s3:::b/*\"}]}";
    StoredPolicy policy = StoredPolicy.parse("p", document);
    PublicAccessBlock block = new PublicAccessBlock(true, false, false, true);
    AccessRules rules = store.accessRules();
    assertThat(found().access()).isEqualTo(BucketAccess.NONE);
    rules.setPolicy(bucket, AccessRules.Face.S3, Optional.of(policy));
    rules.setBlock(bucket, Optional.of(block));
    assertThat(found().access().s3Policy().orElseThrow().document()).isEqualTo(document);
    assertThat(found().access().tablesPolicy()).isEmpty();
    assertThat(found().access().block()).contains(block);
    assertThat(found().restrictsPublicBuckets()).isTrue();
    rules.setPolicy(bucket, AccessRules.Face.TABLES, Optional.of(policy));
    rules.setPolicy(bucket, AccessRules.Face.S3, Optional.empty());
    assertThat(found().access().s3Policy()).isEmpty();
    assertThat(found().access().tablesPolicy()).isPresent();
    assertThat(found().access().block()).contains(block);
    store.buckets().delete(bucket);
    assertThatThrownBy(() -> rules.setBlock(bucket, Optional.of(block)))
        .isInstanceOf(NoSuchBucketException.class);
    store.buckets().create(bucket.name(), Bucket.Kind.GENERAL, Samples.OWNER);
    assertThat(found().access()).isEqualTo(BucketAccess.NONE);
  }

  /** PostgreSQL takes no NUL in a text. */
  @Test
  void no_name_begins_with_nul_and_a_page_begins_behind_one() {
    assertThat(store.buckets().list(Optional.empty(), bucket.name() + "\0", "", 10)).isEmpty();
    assertThat(store.buckets().list(Optional.empty(), bucket.name(), "a\0b", 10)).isNotEmpty();
  }

  @Test
  void cors_rules_come_with_the_bucket_and_go_with_it() {
    List<CorsRule> rules =
        List.of(
            new CorsRule(
                Optional.of("r\u00e9gle"),
                List.of("https://*.example", "*"),
                List.of("GET", "PUT"),
                List.of("x-amz-*"),
                List.of("ETag"),
                Optional.of(3600)),
            new CorsRule(
                Optional.empty(),
                List.of("null"),
                List.of("HEAD"),
                List.of(),
                List.of(),
                Optional.empty()));
    PublicAccessBlock block = new PublicAccessBlock(true, false, false, true);
    assertThat(found().cors()).isEmpty();
    store.accessRules().setBlock(bucket, Optional.of(block));
    store.accessRules().setCors(bucket, rules);
    assertThat(found().cors()).isEqualTo(rules);
    assertThat(found().access().block()).contains(block);
    store.accessRules().changeTags(bucket, now -> now.with(Map.of("a", "b")));
    assertThat(found().cors()).isEqualTo(rules);
    store.accessRules().setCors(bucket, List.of());
    assertThat(found().cors()).isEmpty();
    store.accessRules().setCors(bucket, rules);
    store.buckets().delete(bucket);
    assertThatThrownBy(() -> store.accessRules().setCors(bucket, rules))
        .isInstanceOf(NoSuchBucketException.class);
    store.buckets().create(bucket.name(), Bucket.Kind.GENERAL, Samples.OWNER);
    assertThat(found().cors()).isEmpty();
  }

  @Test
  void tags_come_with_the_bucket_and_go_with_it() {
    Map<String, String> tags = Map.of("team", "red", "Team", "\u00fc \"quoted\"", "empty", "");
    Bucket tagged =
        store.buckets().create(Samples.bucketName(), Bucket.Kind.TABLE, Samples.OWNER, tags);
    assertThat(store.buckets().find(tagged.name())).contains(tagged);
    assertThat(tagged.tags()).isEqualTo(new BucketTags(tags, false));
    assertThat(found().tags()).isEqualTo(BucketTags.NONE);
    AccessRules rules = store.accessRules();
    PublicAccessBlock block = new PublicAccessBlock(true, false, false, true);
    rules.setBlock(bucket, Optional.of(block));
    rules.changeTags(bucket, now -> now.with(tags).with(true));
    assertThat(found().tags()).isEqualTo(new BucketTags(tags, true));
    assertThat(found().access().block()).contains(block);
    rules.setBlock(bucket, Optional.empty());
    rules.changeTags(bucket, now -> now.with(Map.of()));
    assertThat(found().tags()).isEqualTo(new BucketTags(Map.of(), true));
    store.buckets().delete(bucket);
    assertThatThrownBy(() -> rules.changeTags(bucket, now -> now.with(tags)))
        .isInstanceOf(NoSuchBucketException.class);
    store.buckets().create(bucket.name(), Bucket.Kind.GENERAL, Samples.OWNER);
    assertThat(found().tags()).isEqualTo(BucketTags.NONE);
  }

  @Test
  void a_refused_change_of_tags_reaches_the_caller_and_changes_nothing() {
    store.accessRules().changeTags(bucket, now -> now.with(Map.of("a", "b")));
    assertThatThrownBy(
            () ->
                store
                    .accessRules()
                    .changeTags(
                        bucket,
                        now -> {
                          throw new IllegalArgumentException(now.values().toString());
                        }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("{a=b}");
    assertThat(found().tags().values()).isEqualTo(Map.of("a", "b"));
  }

  @Test
  void of_many_changes_of_tags_at_once_none_is_lost() throws Exception {
    AtomicInteger number = new AtomicInteger();
    together(
        8,
        () -> {
          String key = "k" + number.incrementAndGet();
          store
              .accessRules()
              .changeTags(
                  bucket,
                  now -> {
                    Map<String, String> more = new HashMap<>(now.values());
                    more.put(key, "v");
                    return now.with(more);
                  });
          return key;
        });
    assertThat(found().tags().values()).hasSize(8);
  }

  private Bucket found() {
    return store.buckets().find(bucket.name()).orElseThrow();
  }

  @Test
  void a_created_bucket_is_found_with_all_its_properties() {
    assertThat(store.buckets().find(bucket.name())).contains(bucket);
    assertThat(bucket.kind()).isEqualTo(Bucket.Kind.GENERAL);
    assertThat(bucket.owner()).isEqualTo(Samples.OWNER);
  }

  @Test
  void a_name_is_taken_once_whatever_the_kind() throws Exception {
    assertThatThrownBy(
            () -> store.buckets().create(bucket.name(), Bucket.Kind.TABLE, Samples.OWNER))
        .isInstanceOfSatisfying(
            BucketExistsException.class, e -> assertThat(e.existing()).isEqualTo(bucket));
    String name = Samples.bucketName();
    List<Boolean> won =
        together(
            8,
            () -> {
              try {
                store.buckets().create(name, Bucket.Kind.GENERAL, Samples.OWNER);
                return true;
              } catch (BucketExistsException e) {
                return false;
              }
            });
    assertThat(won).containsOnlyOnce(true);
  }

  @Test
  void a_deleted_bucket_is_gone_at_once_and_its_number_is_not_used_again() {
    assertThat(store.buckets().find(bucket.name())).isPresent();
    assertThat(store.buckets().delete(bucket)).isTrue();
    assertThat(store.buckets().find(bucket.name())).isEmpty();
    assertThat(store.buckets().delete(bucket)).isFalse();
    Bucket again = store.buckets().create(bucket.name(), Bucket.Kind.GENERAL, Samples.OWNER);
    assertThat(again.id()).isNotEqualTo(bucket.id());
    assertThat(store.buckets().find(bucket.name())).contains(again);
  }

  @Test
  void a_bucket_with_an_object_is_not_deleted() {
    store.objects().put(Samples.object(bucket.id(), "k"), WriteCondition.NONE);
    assertThatThrownBy(() -> store.buckets().delete(bucket))
        .isInstanceOf(BucketNotEmptyException.class);
  }

  @Test
  void unfinished_uploads_go_with_their_bucket_and_their_blobs_are_released() {
    Upload upload = Samples.upload(bucket.id(), "k");
    store.uploads().create(upload);
    BlobRef file = Samples.chunk();
    BlobRef record = Samples.segment();
    store.uploads().putPart(upload, Samples.part(1, file));
    store.uploads().putPart(upload, Samples.part(2, record));
    assertThat(store.buckets().delete(bucket)).isTrue();
    assertThat(store.uploads().find(bucket.id(), "k", upload.id())).isEmpty();
    assertThat(isReleased(file)).isTrue();
    assertThat(isReleased(record)).isFalse();
  }

  @Test
  void a_completed_upload_does_not_keep_its_bucket() {
    Upload upload = Samples.upload(bucket.id(), "k");
    store.uploads().create(upload);
    store.uploads().complete(upload, Samples.made(upload), WriteCondition.NONE);
    store.objects().delete(bucket.id(), List.of(new Deletion("k", WriteCondition.NONE)));
    assertThat(store.buckets().delete(bucket)).isTrue();
    assertThat(store.uploads().find(bucket.id(), "k", upload.id())).isEmpty();
  }

  @Test
  void a_put_that_races_with_the_deletion_wins_or_is_refused() throws Exception {
    for (int round = 0; round < 20; round++) {
      Bucket raced =
          store.buckets().create(Samples.bucketName(), Bucket.Kind.GENERAL, Samples.OWNER);
      AtomicBoolean turn = new AtomicBoolean();
      List<Boolean> done =
          together(
              2,
              () -> {
                try {
                  if (turn.getAndSet(true)) {
                    return store.buckets().delete(raced);
                  }
                  store.objects().put(Samples.object(raced.id(), "k"), WriteCondition.NONE);
                  return true;
                } catch (BucketNotEmptyException | NoSuchBucketException e) {
                  return false;
                }
              });
      assertThat(done).containsOnlyOnce(true);
      assertThat(store.objects().find(raced.id(), "k").isPresent())
          .isEqualTo(store.buckets().find(raced.name()).isPresent());
    }
  }

  @Test
  void buckets_are_listed_in_name_order_page_by_page() {
    String stem = "l" + UUID.randomUUID() + "-";
    Bucket b = store.buckets().create(stem + "b", Bucket.Kind.TABLE, Samples.OWNER);
    Bucket a = store.buckets().create(stem + "a", Bucket.Kind.GENERAL, Samples.OWNER);
    Bucket dotted = store.buckets().create(stem + "a.x", Bucket.Kind.GENERAL, Samples.OWNER);
    Buckets buckets = store.buckets();
    assertThat(buckets.list(Optional.empty(), stem, "", 10)).containsExactly(a, dotted, b);
    assertThat(buckets.list(Optional.empty(), stem, "", 2)).containsExactly(a, dotted);
    assertThat(buckets.list(Optional.empty(), stem, dotted.name(), 10)).containsExactly(b);
    assertThat(buckets.list(Optional.of(Bucket.Kind.TABLE), stem, "", 10)).containsExactly(b);
    assertThat(buckets.list(Optional.empty(), stem, "", 0)).isEmpty();
  }
}
