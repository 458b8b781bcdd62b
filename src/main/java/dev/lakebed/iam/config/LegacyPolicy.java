package dev.lakebed.iam.config;

import dev.lakebed.iam.config.LegacyAction.LegacyGrant;
import dev.lakebed.policy.Policy;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;
import java.util.List;

/**
 * Compiles the {@code actions} of an identity into one policy. {@code Admin} is everything; what
 * needs Admin in SeaweedFS (making and configuring buckets) needs it here too.
 */
final class LegacyPolicy {
  private final JsonArrayBuilder statements = Json.createArrayBuilder();

  private LegacyPolicy() {}

  static Policy compile(String name, Collection<LegacyGrant> grants, Policy.Kind kind) {
    LegacyPolicy policy = new LegacyPolicy();
    grants.forEach(policy::add);
    String document =
        Json.createObjectBuilder()
            .add("Version", "2012-10-17")
            .add("Statement", policy.statements)
            .build()
            .toString();
    return Policy.parse(name, document, kind);
  }

  private void add(LegacyGrant grant) {
    String bucket = "arn:aws:s3:::" + literal(grant.bucket());
    String objects = bucket + "/" + literal(grant.key());
    if (grant.isAdmin() && grant.isEverywhere()) {
      allow(List.of("*"), List.of("*"));
    } else if (grant.isAdmin()) {
      allow(List.of("s3:*"), whole(grant) ? List.of(bucket, objects) : List.of(objects));
      if (whole(grant)) {
        allow(List.of("s3tables:*"), tables(grant));
      }
    } else if (grant.isTables()) {
      allow(List.of(grant.action()), grant.isEverywhere() ? List.of("*") : tables(grant));
    } else {
      add(grant, grant.meaning(), bucket, objects);
    }
  }

  private void add(LegacyGrant grant, LegacyAction action, String bucket, String objects) {
    if (!action.onObjects().isEmpty()) {
      allow(action.onObjects(), List.of(objects));
    }
    if (action.name().equals("List")) {
      list(grant, action, bucket);
    } else if (!action.onBucket().isEmpty() && (whole(grant) || action.name().equals("Read"))) {
      allow(action.onBucket(), List.of(bucket));
    }
  }

  /** A key pattern narrows listing to prefixes that it covers. */
  private void list(LegacyGrant grant, LegacyAction action, String bucket) {
    if (grant.isEverywhere()) {
      allow(List.of("s3:ListAllMyBuckets"), List.of("*"));
    }
    if (whole(grant)) {
      allow(action.onBucket(), List.of(bucket));
      return;
    }
    allow(List.of("s3:GetBucketLocation"), List.of(bucket));
    statements.add(
        statement(List.of("s3:ListBucket", "s3:ListBucketVersions"), List.of(bucket))
            .add(
                "Condition",
                Json.createObjectBuilder()
                    .add(
                        "StringLike",
                        Json.createObjectBuilder().add("s3:prefix", literal(grant.key())))));
  }

  private static boolean whole(LegacyGrant grant) {
    return grant.key().equals("*");
  }

  private static List<String> tables(LegacyGrant grant) {
    String bucket = "arn:aws:s3tables:*:*:bucket/" + literal(grant.bucket());
    return List.of(bucket, bucket + "/*");
  }

  /** Only {@code *} and {@code ?} are patterns; a dollar sign is meant literally. */
  private static String literal(String text) {
    return text.replace("$", "${$}");
  }

  private void allow(List<String> actions, List<String> resources) {
    statements.add(statement(actions, resources));
  }

  private static JsonObjectBuilder statement(List<String> actions, List<String> resources) {
    return Json.createObjectBuilder()
        .add("Effect", "Allow")
        .add("Action", Json.createArrayBuilder(actions))
        .add("Resource", Json.createArrayBuilder(resources));
  }
}
