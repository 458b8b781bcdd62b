package dev.lakebed.iam.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The action names of SeaweedFS identities and the IAM actions they stand for. */
record LegacyAction(String name, List<String> onObjects, List<String> onBucket) {
  static final List<LegacyAction> ALL =
      List.of(
          of(
              "Read",
              "GetObject GetObjectVersion GetObjectAttributes GetObjectVersionAttributes"
                  + " GetObjectTagging GetObjectVersionTagging GetObjectRetention"
                  + " GetObjectLegalHold ListMultipartUploadParts",
              "GetBucketLocation GetBucketVersioning GetBucketTagging"
                  + " GetBucketObjectLockConfiguration"),
          of(
              "List",
              "ListMultipartUploadParts",
              "ListBucket ListBucketVersions ListBucketMultipartUploads GetBucketLocation"),
          of(
              "Write",
              "PutObject DeleteObject DeleteObjectVersion AbortMultipartUpload"
                  + " ListMultipartUploadParts",
              ""),
          of(
              "Tagging",
              "GetObjectTagging GetObjectVersionTagging PutObjectTagging PutObjectVersionTagging"
                  + " DeleteObjectTagging DeleteObjectVersionTagging",
              "GetBucketTagging PutBucketTagging"),
          of("ReadAcp", "GetObjectAcl GetObjectVersionAcl", "GetBucketAcl"),
          of("WriteAcp", "PutObjectAcl PutObjectVersionAcl", "PutBucketAcl"),
          object("BypassGovernanceRetention"),
          object("GetObjectRetention"),
          object("PutObjectRetention"),
          object("GetObjectLegalHold"),
          object("PutObjectLegalHold"),
          bucket("DeleteBucket"),
          bucket("GetBucketObjectLockConfiguration"),
          bucket("PutBucketObjectLockConfiguration"),
          bucket("PutBucketPolicy"),
          bucket("DeleteBucketPolicy"));

  private static LegacyAction object(String name) {
    return of(name, name, "");
  }

  private static LegacyAction bucket(String name) {
    return of(name, "", name);
  }

  private static LegacyAction of(String name, String onObjects, String onBucket) {
    return new LegacyAction(name, actions(onObjects), actions(onBucket));
  }

  private static List<String> actions(String names) {
    return Stream.of(names.split(" "))
        .filter(name -> !name.isEmpty())
        .map(name -> "s3:" + name)
        .toList();
  }

  private static Optional<LegacyAction> find(String name) {
    return ALL.stream().filter(action -> action.name().equals(name)).findFirst();
  }

  /**
   * One grant of an identity: {@code Action}, {@code Action:bucket}, {@code Action:bucket/prefix*}
   * or {@code s3tables:Operation}, the last also with a bucket.
   *
   * @param bucket bucket or pattern; {@code *} when none is given
   * @param key key or pattern; {@code *} when none is given
   */
  record LegacyGrant(String action, String bucket, String key) {
    private static final Pattern FORM =
        Pattern.compile("((?:s3tables:)?[A-Za-z*]+)(?::([a-zA-Z0-9.*?_-]+)(?:/(.{1,1024}))?)?");

    static Optional<LegacyGrant> parse(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches() || !isKnown(matcher.group(1))) {
        return Optional.empty();
      }
      String bucket = matcher.group(2);
      String key = matcher.group(3);
      return Optional.of(
          new LegacyGrant(
              matcher.group(1), bucket == null ? "*" : bucket, key == null ? "*" : key));
    }

    private static boolean isKnown(String action) {
      return action.equals("Admin")
          || action.equals("*")
          || action.startsWith("s3tables:")
          || LegacyAction.find(action).isPresent();
    }

    boolean isTables() {
      return action.startsWith("s3tables:");
    }

    boolean isAdmin() {
      return action.equals("Admin") || action.equals("*");
    }

    boolean isEverywhere() {
      return bucket.equals("*") && key.equals("*");
    }

    LegacyAction meaning() {
      return LegacyAction.find(action).orElseThrow();
    }
  }
}
