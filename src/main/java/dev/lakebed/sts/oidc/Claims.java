package dev.lakebed.sts.oidc;

import dev.lakebed.sts.identity.ExternalIdentity.IdentityException.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a token as lists of texts; what is inside an object is named with dots. Condition
 * keys know no case, so two names that differ in nothing else are refused, as are a name with dots
 * and an object that spell the same: a claim that users may choose must not stand for another.
 */
final class Claims {
  private static final int MAX_DEPTH = 4;
  private static final int MAX_VALUES = 1000;

  private final Map<String, List<String>> byName = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();
  private int values;

  private Claims() {}

  static Map<String, List<String>> flatten(Map<String, Object> claims) {
    Claims flat = new Claims();
    flat.object("", claims, 0);
    return flat.byName;
  }

  private void object(String prefix, Map<?, ?> members, int depth) {
    members.forEach((name, value) -> value(prefix + name, value, depth));
  }

  private void value(String name, Object value, int depth) {
    if (!names.add(name.toLowerCase(Locale.ROOT))) {
      throw Reason.REJECTED.because("two claims of one name");
    }
    switch (value) {
      case null -> {}
      case Map<?, ?> object when depth < MAX_DEPTH -> object(name + ".", object, depth + 1);
      case List<?> list -> {
        byName.putIfAbsent(name, new ArrayList<>());
        list.forEach(item -> scalar(name, item));
      }
      default -> scalar(name, value);
    }
  }

  private void scalar(String name, Object value) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      if (++values > MAX_VALUES) {
        throw Reason.REJECTED.because("too many claims");
      }
      byName.computeIfAbsent(name, key -> new ArrayList<>()).add(String.valueOf(value));
    }
  }

  /**
   * Session tags of a token: one claim with both parts in it, or a claim for each.
   *
   * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html">AWS</a>
   */
  record TokenTags(Map<String, String> values, Set<String> transitive) {
    private static final String CLAIM = "https://aws.amazon.com/tags";
    private static final String VALUES = "principal_tags";
    private static final String TRANSITIVE = "transitive_tag_keys";

    /** Keys that are not permitted are left out; absent: all are. */
    static TokenTags read(Map<String, Object> claims, Optional<Set<String>> permitted) {
      Map<String, String> values = new LinkedHashMap<>();
      Set<String> transitive = new HashSet<>();
      Object nested = claims.get(CLAIM);
      if (nested != null) {
        Map<?, ?> tags = object(nested);
        if (tags.get(VALUES) != null) {
          object(tags.get(VALUES)).forEach((key, value) -> values.put(text(key), only(value)));
        }
        transitive(tags.get(TRANSITIVE), transitive);
      }
      String flat = CLAIM + "/" + VALUES + "/";
      claims.forEach(
          (name, value) -> {
            if (name.startsWith(flat)) {
              values.put(name.substring(flat.length()), only(value));
            }
          });
      transitive(claims.get(CLAIM + "/" + TRANSITIVE), transitive);
      permitted.ifPresent(
          keys -> {
            values.keySet().retainAll(keys);
            transitive.retainAll(keys);
          });
      return new TokenTags(values, transitive);
    }

    private static void transitive(@Nullable Object keys, Set<String> into) {
      if (keys instanceof List<?> list) {
        list.forEach(key -> into.add(text(key)));
      } else if (keys != null) {
        into.add(text(keys));
      }
    }

    private static Map<?, ?> object(Object value) {
      if (value instanceof Map<?, ?> object) {
        return object;
      }
      throw Reason.REJECTED.because("the tags of the token are no object");
    }

    private static String only(Object value) {
      if (value instanceof List<?> list && list.size() == 1) {
        return text(list.getFirst());
      }
      return text(value);
    }

    private static String text(Object value) {
      if (value instanceof String text) {
        return text;
      }
      throw Reason.REJECTED.because("a tag of the token is no text");
    }
  }
}
