package dev.lakebed.sts.oidc;

import dev.lakebed.sts.identity.IdentityException;
import dev.lakebed.sts.identity.IdentityException.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

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
      throw new IdentityException(Reason.REJECTED, "two claims of one name");
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
        throw new IdentityException(Reason.REJECTED, "too many claims");
      }
      byName.computeIfAbsent(name, key -> new ArrayList<>()).add(String.valueOf(value));
    }
  }
}
