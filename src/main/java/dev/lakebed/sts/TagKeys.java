package dev.lakebed.sts;

import dev.lakebed.policy.Keys;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Condition keys of the session tags that a request passes. */
record TagKeys(SessionTags tags) implements Keys {
  private static final String TAG = "aws:requesttag/";

  @Override
  public List<String> values(String key) {
    if (key.equals("aws:tagkeys")) {
      return List.copyOf(tags.values().keySet());
    }
    return key.startsWith(TAG) ? value(key.substring(TAG.length())) : List.of();
  }

  private List<String> value(String lowerCaseKey) {
    return tags.values().entrySet().stream()
        .filter(tag -> tag.getKey().toLowerCase(Locale.ROOT).equals(lowerCaseKey))
        .map(Map.Entry::getValue)
        .toList();
  }
}
