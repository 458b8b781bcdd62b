package dev.lakebed.iam.api;

import dev.lakebed.auth.TagKeys;
import dev.lakebed.auth.TagKeys.RequestTags;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.policy.Keys;
import dev.lakebed.storage.metadata.iam.Entity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Condition keys of an IAM request.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html">AWS,
 *     actions and condition keys of IAM</a>
 */
record IamKeys(QueryRequest query, Optional<Entity> entity) implements Keys {
  @Override
  public List<String> values(String key) {
    return switch (key) {
      case "iam:policyarn" -> one(query.text("PolicyArn"));
      case "iam:permissionsboundary" ->
          one(query.text("PermissionsBoundary").or(() -> entity.flatMap(Entity::boundary)));
      default -> tags().values(key);
    };
  }

  private Keys tags() {
    Map<String, String> existing = entity.map(Entity::tags).orElse(Map.of());
    return RequestTags.of(requested())
        .or(RequestTags.named(query.members("TagKeys")))
        .or(TagKeys.of(TagKeys.RESOURCE, existing))
        .or(TagKeys.of("iam:resourcetag/", existing));
  }

  private Map<String, String> requested() {
    Map<String, String> tags = new LinkedHashMap<>();
    query
        .structures("Tags", Set.of("Key", "Value"))
        .forEach(tag -> tags.put(tag.getOrDefault("Key", ""), tag.getOrDefault("Value", "")));
    return tags;
  }

  private static List<String> one(Optional<String> value) {
    return value.map(List::of).orElseGet(List::of);
  }
}
