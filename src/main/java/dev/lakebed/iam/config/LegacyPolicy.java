package dev.lakebed.iam.config;

import dev.lakebed.policy.Policy;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compiles the {@code actions} of an identity into one policy. {@code Admin} is everything; what
 * needs Admin in SeaweedFS (making and configuring buckets) needs it here too.
 */
final class LegacyPolicy {
  private final JsonArrayBuilder statements = Json.createArrayBuilder();

  private LegacyPolicy() {}

  /** The policy that the actions stand for, if there are any; unknown ones are problems. */
  static Optional<Policy> read(List<Element> actions, String name, Policy.Kind kind) {
    List<LegacyGrant> grants = new ArrayList<>();
    for (Element action : actions) {
      Optional<String> text = action.text();
      Optional<LegacyGrant> grant = text.flatMap(LegacyGrant::parse);
      grant.ifPresent(grants::add);
      if (text.isPresent() && grant.isEmpty()) {
        action.problem(
            "unknown action; known are Admin, %s and s3tables:Operation, each also with :bucket"
                .formatted(
                    String.join(", ", LegacyAction.ALL.stream().map(LegacyAction::name).toList())));
      }
    }
    if (grants.isEmpty()) {
      return Optional.empty();
    }
    LegacyPolicy policy = new LegacyPolicy();
    grants.forEach(policy::add);
    String document =
        Json.createObjectBuilder()
            .add("Version", "2012-10-17")
            .add("Statement", policy.statements)
            .build()
            .toString();
    return Optional.of(Policy.parse(name, document, kind));
  }

  private void add(LegacyGrant grant) {
    String bucket = "arn:aws:s3:::" + literal(grant.bucket());
    String objects = bucket + "/" + literal(grant.key());
    if (grant.isAdmin() && grant.isEverywhere()) {
      allow(List.of("*"), "*");
    } else if (grant.isAdmin() && grant.isWhole()) {
      allow(List.of("s3:*"), bucket, objects);
      allow(List.of("s3tables:*"), tables(grant));
    } else if (grant.isAdmin()) {
      allow(List.of("s3:*"), objects);
    } else if (grant.isTables()) {
      allow(List.of(grant.action()), grant.isEverywhere() ? new String[] {"*"} : tables(grant));
    } else {
      add(grant, LegacyAction.find(grant.action()).orElseThrow(), bucket, objects);
    }
  }

  private void add(LegacyGrant grant, LegacyAction action, String bucket, String objects) {
    if (!action.onObjects().isEmpty()) {
      allow(action.onObjects(), objects);
    }
    boolean list = action.name().equals("List");
    if (list && grant.isEverywhere()) {
      allow(List.of("s3:ListAllMyBuckets"), "*");
    }
    if (list && !grant.isWhole()) {
      listPrefix(grant, bucket);
    } else if (!action.onBucket().isEmpty() && (grant.isWhole() || action.name().equals("Read"))) {
      allow(action.onBucket(), bucket);
    }
  }

  /** A key pattern narrows listing to prefixes that it covers. */
  private void listPrefix(LegacyGrant grant, String bucket) {
    allow(List.of("s3:GetBucketLocation"), bucket);
    JsonObjectBuilder prefix = Json.createObjectBuilder().add("s3:prefix", literal(grant.key()));
    statements.add(
        statement(List.of("s3:ListBucket", "s3:ListBucketVersions"), bucket)
            .add("Condition", Json.createObjectBuilder().add("StringLike", prefix)));
  }

  private static String[] tables(LegacyGrant grant) {
    String bucket = "arn:aws:s3tables:*:*:bucket/" + literal(grant.bucket());
    return new String[] {bucket, bucket + "/*"};
  }

  /** Only {@code *} and {@code ?} are patterns; a dollar sign is meant literally. */
  private static String literal(String text) {
    return text.replace("$", "${$}");
  }

  private void allow(List<String> actions, String... resources) {
    statements.add(statement(actions, resources));
  }

  private static JsonObjectBuilder statement(List<String> actions, String... resources) {
    return Json.createObjectBuilder()
        .add("Effect", "Allow")
        .add("Action", Json.createArrayBuilder(actions))
        .add("Resource", Json.createArrayBuilder(List.of(resources)));
  }

  /** The action names of SeaweedFS identities and the IAM actions they stand for. */
  private record LegacyAction(String name, List<String> onObjects, List<String> onBucket) {
    private static final List<LegacyAction> ALL =
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
      Stream<String> words = Stream.of(names.split(" ")).filter(name -> !name.isEmpty());
      return words.map(name -> "s3:" + name).toList();
    }

    private static Optional<LegacyAction> find(String name) {
      return ALL.stream().filter(action -> action.name().equals(name)).findFirst();
    }
  }

  /**
   * One grant of an identity: {@code Action}, {@code Action:bucket}, {@code Action:bucket/prefix*}
   * or {@code s3tables:Operation}, the last also with a bucket.
   *
   * @param bucket bucket or pattern; {@code *} when none is given
   * @param key key or pattern; {@code *} when none is given
   */
  private record LegacyGrant(String action, String bucket, String key) {
    private static final Pattern FORM =
        Pattern.compile("((?:s3tables:)?[A-Za-z*]+)(?::([a-zA-Z0-9.*?_-]+)(?:/(.{1,1024}))?)?");

    static Optional<LegacyGrant> parse(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      String bucket = matcher.group(2);
      String key = matcher.group(3);
      return Optional.of(
              new LegacyGrant(
                  matcher.group(1), bucket == null ? "*" : bucket, key == null ? "*" : key))
          .filter(LegacyGrant::isKnown);
    }

    private boolean isKnown() {
      return isAdmin() || isTables() || LegacyAction.find(action).isPresent();
    }

    boolean isTables() {
      return action.startsWith("s3tables:");
    }

    boolean isAdmin() {
      return action.equals("Admin") || action.equals("*");
    }

    boolean isWhole() {
      return key.equals("*");
    }

    boolean isEverywhere() {
      return bucket.equals("*") && isWhole();
    }
  }
}
