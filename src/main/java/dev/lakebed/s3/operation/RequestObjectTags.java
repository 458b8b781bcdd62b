package dev.lakebed.s3.operation;

import dev.lakebed.auth.TagKeys;
import dev.lakebed.policy.Keys;
import java.util.List;
import java.util.Map;

/**
 * Condition keys of the tags that a request gives an object: {@code s3:RequestObjectTag/…} and
 * {@code s3:RequestObjectTagKeys}.
 */
public record RequestObjectTags(Map<String, String> tags) implements Keys {
  @Override
  public List<String> values(String key) {
    return key.equals("s3:requestobjecttagkeys")
        ? List.copyOf(tags.keySet())
        : TagKeys.of("s3:requestobjecttag/", tags).values(key);
  }
}
