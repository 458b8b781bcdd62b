package dev.lakebed.iam.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The action names of SeaweedFS identities and the IAM actions they stand for. */
record LegacyAction(String name, List<String> onObjects, List<String> onBucket) {
  static final List<LegacyAction> ALL =
      List.of(
          new LegacyAction(
              "Read",
              List.of(
                  "s3:GetObject",
                  "s3:GetObjectVersion",
                  "s3:GetObjectAttributes",
                  "s3:GetObjectVersionAttributes",
                  "s3:GetObjectTagging",
                  "s3:GetObjectVersionTagging",
                  "s3:GetObjectRetention",
                  "s3:GetObjectLegalHold",
                  "s3:ListMultipartUploadParts"),
              List.of(
                  "s3:GetBucketLocation",
                  "s3:GetBucketVersioning",
                  "s3:GetBucketTagging",
                  "s3:GetBucketObjectLockConfiguration")),
          new LegacyAction(
              "List",
              List.of("s3:ListMultipartUploadParts"),
              List.of(
                  "s3:ListBucket",
                  "s3:ListBucketVersions",
                  "s3:ListBucketMultipartUploads",
                  "s3:GetBucketLocation")),
          new LegacyAction(
              "Write",
              List.of(
                  "s3:PutObject",
                  "s3:DeleteObject",
                  "s3:DeleteObjectVersion",
                  "s3:AbortMultipartUpload",
                  "s3:ListMultipartUploadParts"),
              List.of()),
          new LegacyAction(
              "Tagging",
              List.of(
                  "s3:GetObjectTagging",
                  "s3:GetObjectVersionTagging",
                  "s3:PutObjectTagging",
                  "s3:PutObjectVersionTagging",
                  "s3:DeleteObjectTagging",
                  "s3:DeleteObjectVersionTagging"),
              List.of("s3:GetBucketTagging", "s3:PutBucketTagging")),
          new LegacyAction(
              "ReadAcp",
              List.of("s3:GetObjectAcl", "s3:GetObjectVersionAcl"),
              List.of("s3:GetBucketAcl")),
          new LegacyAction(
              "WriteAcp",
              List.of("s3:PutObjectAcl", "s3:PutObjectVersionAcl"),
              List.of("s3:PutBucketAcl")),
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
    return new LegacyAction(name, List.of("s3:" + name), List.of());
  }

  private static LegacyAction bucket(String name) {
    return new LegacyAction(name, List.of(), List.of("s3:" + name));
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
          || LegacyAction.ALL.stream().anyMatch(known -> known.name().equals(action));
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
      return LegacyAction.ALL.stream()
          .filter(known -> known.name().equals(action))
          .findFirst()
          .orElseThrow();
    }
  }
}
