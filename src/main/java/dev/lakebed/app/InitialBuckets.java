package dev.lakebed.app;

import dev.lakebed.app.StartEnd.StartFailure;
import dev.lakebed.ops.Setting;
import dev.lakebed.s3.rest.BucketNames;
import dev.lakebed.s3.rest.S3Error.S3Exception;
import dev.lakebed.storage.metadata.bucket.AccessRules;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.Buckets;
import dev.lakebed.storage.metadata.bucket.Buckets.BucketExistsException;
import dev.lakebed.storage.metadata.bucket.CorsRule;
import dev.lakebed.tables.rest.TableName;
import dev.lakebed.tables.rest.TablesError.TablesException;
import java.util.List;
import java.util.Optional;

/** Makes the buckets that the settings name, if they are not there. */
record InitialBuckets(Buckets buckets, AccessRules rules, String owner) {
  /** What a page needs that queries tables or uploads files, wherever it comes from. */
  private static final CorsRule EVERY_ORIGIN =
      new CorsRule(
          Optional.of("LAKEBED_CORS"),
          List.of("*"),
          List.of("GET", "HEAD", "PUT", "POST", "DELETE"),
          List.of("*"),
          List.of(
              "Accept-Ranges",
              "Content-Length",
              "Content-Range",
              "ETag",
              "x-amz-request-id",
              "x-amz-version-id"),
          Optional.of(3600));

  /** Refuses the first impossible name before anything is started. */
  static void check(List<String> general, List<String> table, List<String> cors) {
    checkGeneral(Setting.BUCKET, general);
    checkGeneral(Setting.CORS, cors);
    for (String name : table) {
      try {
        TableName.checkBucket(name);
      } catch (TablesException refused) {
        throw impossible(Setting.TABLE_BUCKET, name, String.valueOf(refused.getMessage()));
      }
      if (general.contains(name) || cors.contains(name)) {
        Setting other = general.contains(name) ? Setting.BUCKET : Setting.CORS;
        throw StartFailure.unusable(
            List.of(
                "%s names %s, which %s wants as a bucket that is no table bucket"
                    .formatted(Setting.TABLE_BUCKET.variable(), name, other.variable())));
      }
    }
  }

  private static void checkGeneral(Setting setting, List<String> names) {
    for (String name : names) {
      try {
        BucketNames.requireCreatable(name);
      } catch (S3Exception refused) {
        throw impossible(setting, name, BucketNames.RULE);
      }
    }
  }

  /** Makes those that are not there; refuses one that is there as a bucket of another kind. */
  void create(List<String> general, List<String> table) {
    general.forEach(name -> create(Setting.BUCKET, name, Bucket.Kind.GENERAL));
    table.forEach(name -> create(Setting.TABLE_BUCKET, name, Bucket.Kind.TABLE));
  }

  /** Opens buckets to pages of every origin; rules that somebody has set stay. */
  void openToEveryOrigin(List<String> names) {
    for (String name : names) {
      Bucket bucket = found(name, Bucket.Kind.GENERAL);
      if (bucket.cors().isEmpty()) {
        rules.setCors(bucket, List.of(EVERY_ORIGIN));
      }
    }
  }

  private void create(Setting setting, String name, Bucket.Kind kind) {
    if (found(name, kind).kind() != kind) {
      boolean table = kind == Bucket.Kind.TABLE;
      String found = table ? "a bucket that is no table bucket" : "a table bucket";
      throw StartFailure.here(
          "%s names %s, which is %s".formatted(setting.variable(), name, found));
    }
  }

  /** The bucket, made if it is not there. */
  private Bucket found(String name, Bucket.Kind kind) {
    try {
      return buckets.find(name).orElseGet(() -> buckets.create(name, kind, owner));
    } catch (BucketExistsException madeByAnotherNode) {
      return madeByAnotherNode.existing();
    }
  }

  private static StartFailure impossible(Setting setting, String name, String why) {
    return StartFailure.unusable(
        List.of(setting.variable() + " names " + name + ", which can be no bucket's name: " + why));
  }
}
