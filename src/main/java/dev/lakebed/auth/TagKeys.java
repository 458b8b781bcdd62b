package dev.lakebed.auth;

import dev.lakebed.policy.Keys;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A family of condition keys: a prefix in lower case, such as {@code aws:resourcetag/}, then the
 * key of a tag, which compares without case. Tags are looked up only when a policy asks.
 */
public record TagKeys(String prefix, Supplier<Map<String, String>> tags) implements Keys {
  /** The global family of the tags that the resource has. */
  public static final String RESOURCE = "aws:resourcetag/";

  /**
   * Keys of tags in the order in which those are equal that name the same tag. It must be the one
   * notion of that everywhere: {@link String#CASE_INSENSITIVE_ORDER} has another one, for which the
   * long s is an S.
   */
  public static final Comparator<String> WITHOUT_CASE = Comparator.comparing(TagKeys::fold);

  public static TagKeys of(String prefix, Map<String, String> tags) {
    return new TagKeys(prefix, () -> tags);
  }

  /** What is the same for all spellings of a key, as condition keys are compared too. */
  public static String fold(String key) {
    return key.toLowerCase(Locale.ROOT);
  }

  @Override
  public List<String> values(String key) {
    if (!key.startsWith(prefix)) {
      return List.of();
    }
    String wanted = key.substring(prefix.length());
    return tags.get().entrySet().stream()
        .filter(tag -> fold(tag.getKey()).equals(wanted))
        .map(Map.Entry::getValue)
        .toList();
  }

  /**
   * The global condition keys of tags that a request passes: {@code aws:RequestTag/…}, and {@code
   * aws:TagKeys}, all that it names.
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
}
