package dev.lakebed.auth;

import dev.lakebed.policy.Keys;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The global condition keys of tags that a request passes: {@code aws:RequestTag/…} and {@code
 * aws:TagKeys}.
 *
 * @param values keys of the family
 * @param names all keys of tags that the request names
 */
public record RequestTags(TagKeys values, Collection<String> names) implements Keys {
  private static final String PREFIX = "aws:requesttag/";

  /** Tags that the request sets. */
  public static RequestTags of(Map<String, String> tags) {
    return new RequestTags(TagKeys.of(PREFIX, tags), tags.keySet());
  }

  /** Tags that the request removes, of which it names only the keys. */
  public static RequestTags named(Collection<String> names) {
    return new RequestTags(TagKeys.of(PREFIX, Map.of()), names);
  }

  @Override
  public List<String> values(String key) {
    return key.equals("aws:tagkeys") ? List.copyOf(names) : values.values(key);
  }
}
