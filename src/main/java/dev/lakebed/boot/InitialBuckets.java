package dev.lakebed.boot;

import dev.lakebed.metadata.Bucket;
import dev.lakebed.metadata.BucketExistsException;
import dev.lakebed.metadata.Buckets;
import dev.lakebed.s3.error.S3Exception;
import dev.lakebed.s3.request.BucketNames;
import dev.lakebed.tables.error.TablesException;
import dev.lakebed.tables.name.TableBucketName;
import java.util.List;

/** Makes the buckets that the settings name, if they are not there. */
final class InitialBuckets {
  private final Buckets buckets;
  private final String owner;

  InitialBuckets(Buckets buckets, String owner) {
    this.buckets = buckets;
    this.owner = owner;
  }

  /**
   * Refuses impossible names before anything is started.
   *
   * @throws StartFailure naming the first one
   */
  static void check(List<String> general, List<String> table) {
    for (String name : general) {
      try {
        BucketNames.requireCreatable(name);
      } catch (S3Exception refused) {
        throw impossible("LAKEBED_BUCKET", name);
      }
    }
    for (String name : table) {
      try {
        new TableBucketName(name);
      } catch (TablesException refused) {
        throw impossible("LAKEBED_TABLE_BUCKET", name);
      }
    }
  }

  void create(List<String> general, List<String> table) {
    general.forEach(name -> create(name, Bucket.Kind.GENERAL));
    table.forEach(name -> create(name, Bucket.Kind.TABLE));
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

  private static StartFailure impossible(String variable, String name) {
    return new StartFailure(
        StartFailure.UNUSABLE_CONFIGURATION,
        List.of(variable + " names " + name + ", which can be no bucket's name"));
  }
}
