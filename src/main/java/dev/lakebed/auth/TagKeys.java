package dev.lakebed.auth;

import dev.lakebed.policy.Keys;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A family of condition keys: one for each tag, named by a prefix and the tag's key, which compares
 * without case.
 *
 * @param prefix in lower case, with the slash, for example {@code aws:resourcetag/}
 * @param tags looked up only when a policy asks for a key of the family
 */
public record TagKeys(String prefix, Supplier<Map<String, String>> tags) implements Keys {
  /** The global family of the tags that the resource has. */
  public static final String RESOURCE = "aws:resourcetag/";

  /** The family of tags that are known already. */
  public static TagKeys of(String prefix, Map<String, String> tags) {
    return new TagKeys(prefix, () -> tags);
  }

  @Override
  public List<String> values(String key) {
    if (!key.startsWith(prefix)) {
      return List.of();
    }
    String wanted = key.substring(prefix.length());
    return tags.get().entrySet().stream()
        .filter(tag -> tag.getKey().toLowerCase(Locale.ROOT).equals(wanted))
        .map(Map.Entry::getValue)
        .toList();
  }
}
