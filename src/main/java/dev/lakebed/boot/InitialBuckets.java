package dev.lakebed.boot;

import dev.lakebed.metadata.AccessRules;
import dev.lakebed.metadata.Bucket;
import dev.lakebed.metadata.BucketExistsException;
import dev.lakebed.metadata.Buckets;
import dev.lakebed.metadata.CorsRule;
import dev.lakebed.ops.Setting;
import dev.lakebed.s3.error.S3Exception;
import dev.lakebed.s3.request.BucketNames;
import dev.lakebed.tables.name.InvalidValueException;
import dev.lakebed.tables.name.TableBucketName;
import java.util.List;
import java.util.Optional;

/** Makes the buckets that the settings name, if they are not there. */
final class InitialBuckets {
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

  private final Buckets buckets;
  private final AccessRules rules;
  private final String owner;

  InitialBuckets(Buckets buckets, AccessRules rules, String owner) {
    this.buckets = buckets;
    this.rules = rules;
    this.owner = owner;
  }

  /**
   * Refuses impossible names before anything is started.
   *
   * @throws StartFailure naming the first one
   */
  static void check(List<String> general, List<String> table, List<String> cors) {
    checkGeneral(Setting.BUCKET, general);
    checkGeneral(Setting.CORS, cors);
    for (String name : table) {
      try {
        new TableBucketName(name);
      } catch (InvalidValueException refused) {
        throw impossible(Setting.TABLE_BUCKET, name, ": " + refused.getMessage());
      }
    }
  }

  private static void checkGeneral(Setting setting, List<String> names) {
    for (String name : names) {
      try {
        BucketNames.requireCreatable(name);
      } catch (S3Exception refused) {
        throw impossible(setting, name, "");
      }
    }
  }

  void create(List<String> general, List<String> table) {
    general.forEach(name -> create(name, Bucket.Kind.GENERAL));
    table.forEach(name -> create(name, Bucket.Kind.TABLE));
  }

  /** Opens buckets to pages of every origin; rules that somebody has set stay. */
  void openToEveryOrigin(List<String> names) {
    for (String name : names) {
      create(name, Bucket.Kind.GENERAL);
      buckets
          .find(name)
          .filter(bucket -> bucket.cors().isEmpty())
          .ifPresent(bucket -> rules.setCors(bucket, List.of(EVERY_ORIGIN)));
    }
  }

  private void create(String name, Bucket.Kind kind) {
    if (buckets.find(name).isPresent()) {
      return;
    }
    try {
      buckets.create(name, kind, owner);
    } catch (BucketExistsException madeByAnotherNode) {
      System.getLogger(InitialBuckets.class.getName())
          .log(System.Logger.Level.DEBUG, "bucket {0} is there already", name);
    }
  }

  private static StartFailure impossible(Setting setting, String name, String why) {
    return new StartFailure(
        StartFailure.UNUSABLE_CONFIGURATION,
        List.of(setting.variable() + " names " + name + ", which can be no bucket's name" + why));
  }
}
