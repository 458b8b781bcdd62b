package dev.lakebed.iam.api;

import dev.lakebed.metadata.iam.Entity;
import dev.lakebed.policy.Keys;
import dev.lakebed.query.QueryRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Condition keys of an IAM request.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html">AWS,
 *     actions and condition keys of IAM</a>
 */
record IamKeys(QueryRequest query, Optional<Entity> entity) implements Keys {
  private static final String REQUEST_TAG = "aws:requesttag/";
  private static final List<String> RESOURCE_TAGS = List.of("aws:resourcetag/", "iam:resourcetag/");

  @Override
  public List<String> values(String key) {
    return switch (key) {
      case "iam:policyarn" -> one(query.text("PolicyArn"));
      case "iam:permissionsboundary" ->
          one(query.text("PermissionsBoundary").or(() -> entity.flatMap(Entity::boundary)));
      case "aws:tagkeys" ->
          Stream.concat(requestTags().map(Map.Entry::getKey), query.members("TagKeys").stream())
              .toList();
      default -> tag(key);
    };
  }

  private List<String> tag(String key) {
    if (key.startsWith(REQUEST_TAG)) {
      return matching(requestTags(), key.substring(REQUEST_TAG.length()));
    }
    for (String prefix : RESOURCE_TAGS) {
      if (key.startsWith(prefix) && entity.isPresent()) {
        return matching(entity.get().tags().entrySet().stream(), key.substring(prefix.length()));
      }
    }
    return List.of();
  }

  private Stream<Map.Entry<String, String>> requestTags() {
    return query.structures("Tags", Set.of("Key", "Value")).stream()
        .map(tag -> Map.entry(tag.getOrDefault("Key", ""), tag.getOrDefault("Value", "")));
  }

  private static List<String> matching(Stream<Map.Entry<String, String>> tags, String folded) {
    return tags.filter(tag -> tag.getKey().toLowerCase(Locale.ROOT).equals(folded))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static List<String> one(Optional<String> value) {
    return value.map(List::of).orElseGet(List::of);
  }
}
